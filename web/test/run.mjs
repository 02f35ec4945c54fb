// Everything that is tested in the browser, in order; stops at the first thing that is wrong.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { host, launch } from "./browser.mjs";
import { calls } from "./calls.mjs";
import { fields } from "./fields.mjs";
import { front, offline } from "./front.mjs";
import { kept } from "./kept.mjs";
import { kills } from "./kills.mjs";
import { sharing } from "./sharing.mjs";
import { times } from "./times.mjs";
import { voice } from "./voice.mjs";

const [dist, out, ...options] = process.argv.slice(2);
const option = (name, usual) => (options.includes(name) ? options[options.indexOf(name) + 1] : usual);
const only = option("--only", "").split(",").filter(Boolean);

async function step(name, test) {
  if (only.length > 0 && !only.includes(name)) return;
  const began = Date.now();
  const said = await test();
  console.log(`web/test: ${name}: ${said} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

function equal(found, wanted, what) {
  if (found !== wanted) throw new Error(`${what}: ${found}, not ${wanted}`);
}

// One run of the core's own tests in the browser.
async function inBrowser(context, address, wanted) {
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  await page.goto(`${address}#${wanted}`);
  const over = () => globalThis.isOver || globalThis.told?.some((line) => line.startsWith("failed"));
  await page.waitForFunction(over, null, { timeout: 240_000 }).catch((error) => {
    throw new Error(`${wanted}: ${error.message}\n${said.join("\n")}`);
  });
  const told = await page.evaluate(() => globalThis.told);
  await page.close();
  return told;
}

async function store(site) {
  const browser = await launch();
  const names = await inBrowser(await browser.newContext(), site.address, "names");
  for (const name of names) {
    const context = await browser.newContext();
    const told = await inBrowser(context, site.address, name);
    equal(told.join("\n"), "passed", name);
    await context.close();
  }
  await browser.close();
  return `IndexedDB passes ${names.length} tests that every store passes`;
}

async function marks(site) {
  const browser = await launch();
  const told = await inBrowser(await browser.newContext(), site.address, "marks");
  await browser.close();
  const native = readFileSync(join(out, "native.txt"), "utf8").trim().split("\n");
  equal(told.length, native.length, "calls played");
  native.forEach((line, n) => equal(told[n], line, "played natively and in the browser"));
  return `${native.length} calls have byte-identical events and assessments`;
}

const tests = await host(join(out, "site"));
await step("store", () => store(tests));
await step("marks", () => marks(tests));
tests.close();
const site = await host(dist);
await step("times", () => times(site));
await step("front", () => front(site));
await step("offline", () => offline(dist, out));
await step("calls", () => calls(site, out));
await step("sharing", () => sharing(site, out));
await step("kept", () => kept(site, out));
await step("voice", () => voice(dist, out));
await step("fields", () => fields(site));
await step("kills", () => kills(site, out, Number(option("--kills", "5"))));
site.close();
process.exit(0);
