// Chromium, driven from outside, and what the tests ask of a page.

import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { serve } from "../serve.mjs";

const npm = join(process.env.RIGHTCALL_CACHE ?? join(homedir(), ".cache/rightcall"), "npm");
const require = createRequire(join(npm, "package.json"));
const { chromium } = require("playwright-core");
export const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const ARGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-dev-shm-usage"];

export async function host(folder) {
  const server = await serve(folder, 0);
  const address = `http://localhost:${server.address().port}/`;
  return { address, close: () => server.close() };
}

// A browser of its own, with what it keeps in `profile` if that is given.
export async function launch(profile, more = []) {
  const options = { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: [...ARGS, ...more] };
  if (!profile) return chromium.launch(options);
  return chromium.launchPersistentContext(profile, { ...options, viewport: { width: 1440, height: 900 }, acceptDownloads: true });
}

export class Trouble extends Error {}

// A page whose console and requests are watched.
export async function watched(context, address, known = []) {
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !known.some((words) => message.text().includes(words))) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => {
    if (!String(error.message).includes("Using exceptions for control flow")) faults.push(`error: ${error.message}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !/^(blob|data):/.test(url)) faults.push(`foreign request: ${url}`);
  });
  page.faults = faults;
  return page;
}

export async function start(page, address) {
  await page.goto(address);
  await page.waitForFunction(() => !document.getElementById("start").disabled, null, { timeout: 120_000 });
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("loading").hidden, null, { timeout: 60_000 });
}

export const by = (page, role, name, more = {}) => page.locator("#mirror").getByRole(role, { name, ...more });

// Waits until what was done has reached the widgets and they have answered.
export async function settled(page) {
  await page.evaluate(async () => {
    const picture = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let still = 0; still < 6; ) {
      await picture();
      still = globalThis.rightcall.mirror.waiting() ? 0 : still + 1;
    }
  });
  await page.waitForTimeout(150);
}

// Moves the keyboard to a control, as Tab would, and presses it.
export async function press(page, role, name, more = {}) {
  const control = by(page, role, name, more).first();
  await control.waitFor({ state: "attached", timeout: 30_000 });
  for (let n = 0; n < 100 && (await control.isDisabled()); n++) await page.waitForTimeout(100);
  await control.focus();
  await settled(page);
  await page.keyboard.press(role === "checkbox" || role === "radio" ? "Space" : "Enter");
  await settled(page);
}

export async function type(page, role, name, words) {
  const field = by(page, role, name).first();
  await field.waitFor({ state: "attached", timeout: 20_000 });
  await field.focus();
  await settled(page);
  await page.keyboard.type(words);
  await settled(page);
}

// What axe finds fault with on this screen.
export async function accessible(page, screen) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map(({ id, help, nodes }) => `${screen}: ${id}: ${help}: ${nodes.slice(0, 4).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}
