// The page around the application: what it says where something is missing, fails or is newer.

import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { by, host, launch, press, settled, start, watched } from "./browser.mjs";
import { ask, goOn, signIn, signUp, takeCall, transcript } from "./hands.mjs";

const WIDE = { viewport: { width: 1440, height: 900 } };

function has(words, wanted) {
  if (!words.includes(wanted)) throw new Error(`the page says ${JSON.stringify(words)}, not “${wanted}”`);
}

// Opens the page with something changed before it begins; what it says in the end.
async function says(browser, address, change, wanted, options = {}) {
  const context = await browser.newContext({ ...WIDE, ...options });
  await change(context);
  const page = await context.newPage();
  await page.goto(address);
  const state = page.locator("#loading");
  await state.getByText(wanted).waitFor({ timeout: 60_000 }).catch(async () => has(await state.innerText(), wanted));
  if (await page.locator("#start").isVisible()) throw new Error(`there is a Start button beside “${wanted}”`);
  await context.close();
}

export async function front(site) {
  const browser = await launch();
  const { address } = site;
  const never = (code) => (context) => context.addInitScript(code);
  await says(browser, address, never("delete globalThis.WebAssembly"), "This browser cannot run WebAssembly");
  await says(browser, address, never("HTMLCanvasElement.prototype.getContext = () => null"), "This browser gives pages no WebGL 2");
  await says(browser, address, () => {}, "needs JavaScript", { javaScriptEnabled: false });
  const answer = (response) => (context) => context.route("**/rightcall_bg.wasm", (route) => route.fulfill(response));
  await says(browser, address, answer({ status: 503, body: "" }), "the server answered 503 to rightcall_bg.wasm");
  await says(browser, address, answer({ status: 200, contentType: "application/wasm", body: "half a file" }), "Rightcall could not be loaded");
  await says(browser, address, (context) => context.route("**/rightcall_bg.wasm", (route) => route.abort()), "Check the connection and reload the page");
  await failing(browser, address);
  await lost(browser, address);
  await browser.close();
  await plain(address);
  return "sentences in place of the application, errors with a way on, a lost graphics context, plain http";
}

// Something goes wrong in the middle: the page says it in words and offers to reload.
async function failing(browser, address) {
  const context = await browser.newContext(WIDE);
  const page = await context.newPage();
  await start(page, address);
  await settled(page);
  await page.evaluate(() => (globalThis.rightcall.mirror.take = () => { throw new Error("something broke"); }));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const loading = page.locator("#loading");
  await loading.getByText("Rightcall has stopped.").waitFor({ timeout: 30_000 });
  has(await loading.innerText(), "something broke");
  await loading.getByRole("button", { name: "Reload" }).click();
  await page.waitForFunction(() => !document.getElementById("start").disabled, null, { timeout: 120_000 });
  await context.close();
}

// The browser takes the graphics away.
async function lost(browser, address) {
  const context = await browser.newContext(WIDE);
  const page = await context.newPage();
  await start(page, address);
  await settled(page);
  await page.evaluate(() => document.getElementById("picture").getContext("webgl2").getExtension("WEBGL_lose_context").loseContext());
  const notice = page.getByRole("alertdialog");
  await notice.waitFor({ timeout: 30_000 });
  has(await notice.innerText(), "The browser has taken the graphics away");
  await notice.getByRole("button", { name: "Reload" }).press("Enter");
  await page.waitForFunction(() => !document.getElementById("start").disabled, null, { timeout: 120_000 });
  await page.keyboard.press("Enter");
  await by(page, "textbox", "Name").waitFor({ state: "attached", timeout: 60_000 });
  await context.close();
}

// Over plain http there is less, and it is said.
async function plain(address) {
  const far = address.replace("localhost", "rightcall.test");
  const browser = await launch(null, ["--host-resolver-rules=MAP rightcall.test 127.0.0.1"]);
  const context = await browser.newContext(WIDE);
  const page = await watched(context, far);
  await page.goto(far);
  has(await page.locator("#note").innerText(), "it cannot be installed, does not work offline");
  await page.waitForFunction(() => !document.getElementById("start").disabled, null, { timeout: 120_000 });
  await page.keyboard.press("Enter");
  await by(page, "textbox", "Name").waitFor({ state: "attached", timeout: 60_000 });
  if (page.faults.length) throw new Error(page.faults.join("\n"));
  await browser.close();
}

// Installed, used without a network, and replaced by a newer build in the middle of a call.
export async function offline(dist, out) {
  const folder = mkdtempSync(join(out, "builds-"));
  const [first, second, here] = ["first", "second", "here"].map((name) => join(folder, name));
  cpSync(dist, first, { recursive: true });
  newer(dist, second);
  const serve = (build) => {
    symlinkSync(build, `${here}.new`);
    renameSync(`${here}.new`, here);
  };
  serve(first);
  const site = await host(here);
  const profile = join(folder, "profile");
  const context = await launch(profile);
  const page = await watched(context, site.address, ["ERR_INTERNET_DISCONNECTED"]);
  await start(page, site.address);
  const kept = () => page.evaluate(async () => (await navigator.serviceWorker.ready).active.state);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 120_000 });
  if (!/activat/.test(await kept())) throw new Error("the service worker is not active");
  const session = await context.newCDPSession(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  if (installabilityErrors.length) throw new Error(`not installable: ${JSON.stringify(installabilityErrors)}`);

  await context.setOffline(true);
  await start(page, site.address);
  await signUp(page, "Wren", "Health Advisor");
  await takeCall(page, "0446");
  for (const words of ["hello", "awake"]) await ask(page, words);
  await context.setOffline(false);

  // A newer build is fetched beside the one in use.
  serve(second);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await page.getByRole("region", { name: "Update" }).waitFor({ timeout: 120_000 });
  await ask(page, "breathing now");
  const said = await transcript(page);
  if (await page.evaluate(() => globalThis.second)) throw new Error("the newer build came into a call");
  await page.goto(site.address);
  await page.waitForFunction(() => globalThis.second, null, { timeout: 120_000 });
  await start(page, site.address);
  await signIn(page, "Wren");
  await goOn(page);
  const again = await transcript(page);
  if (said.join("\n") !== again.slice(0, said.length).join("\n")) throw new Error(`after the update ${JSON.stringify(again)}, before ${JSON.stringify(said)}`);
  // Voices are kept from one build to the next.
  const caches = (await page.evaluate(() => caches.keys())).filter((name) => name !== "rightcall-voices");
  if (caches.length !== 1) throw new Error(`the caches are ${caches}`);
  if (page.faults.length) throw new Error(page.faults.join("\n"));
  await context.close();
  site.close();
  return "installable; a call is begun without a network and goes on through an update";
}

// A build that differs in one script.
function newer(dist, folder) {
  cpSync(dist, folder, { recursive: true });
  const change = (name, edit) => {
    const file = join(folder, name);
    writeFileSync(file, edit(readFileSync(file, "utf8")));
    for (const packed of [".br", ".gz"]) rmSync(file + packed, { force: true });
  };
  change("main.js", (text) => `${text}\nglobalThis.second = true;\n`);
  change("sw.js", (text) => text.replace(/const build = "[^"]*"/, 'const build = "second"'));
}
