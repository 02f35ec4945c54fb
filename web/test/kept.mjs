// Where calls are kept: two tabs, no room, no database, files in and out, a tab out of sight.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { by, launch, press, settled, start, watched } from "./browser.mjs";
import { ask, QUICK, signIn, signUp, takeCall, toCalls, toSettings, transcript } from "./hands.mjs";

const WIDE = { viewport: { width: 1440, height: 900 } };
const shown = (page, words) => page.locator("#mirror").getByText(words).first().waitFor({ state: "attached", timeout: QUICK });

function same(found, wanted, what) {
  if (found.join("\n") !== wanted.join("\n")) throw new Error(`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
}

export async function kept(site, out) {
  const browser = await launch();
  await tabs(browser, site.address);
  await full(browser, site.address);
  await without(browser, site.address);
  await files(browser, site.address, out);
  await hidden(browser, site.address);
  await browser.close();
  return "a second tab, no room left, no database, a desktop's file in, scenarios chosen and dropped with the checker's words, a tab out of sight";
}

// One tab takes a call; another sees it and cannot; when the first is gone, it can.
async function tabs(browser, address) {
  const context = await browser.newContext(WIDE);
  const first = await watched(context, address);
  await start(first, address);
  await signUp(first, "Wren", "Health Advisor");
  await takeCall(first, "0446");
  await ask(first, "hello");
  const said = await transcript(first);
  const second = await watched(context, address);
  await start(second, address);
  await signIn(second, "Wren");
  await toCalls(second);
  await shown(second, "It is being taken in another window.");
  if (await by(second, "button", /Go on/).count()) throw new Error("a call that is being taken can be gone on with in another tab");
  await first.close();
  await second.keyboard.press("Alt+1");
  await settled(second);
  await toCalls(second);
  await press(second, "button", /Go on/);
  await by(second, "combobox", "Ask or say").waitFor({ state: "attached", timeout: QUICK });
  await settled(second);
  same((await transcript(second)).slice(0, said.length), said, "in the second tab");
  if (second.faults.length) throw new Error(second.faults.join("\n"));
  await context.close();
}

// No room left: the call goes on under a warning and can be exported.
async function full(browser, address) {
  const context = await browser.newContext(WIDE);
  const page = await watched(context, address);
  await start(page, address);
  await signUp(page, "Wren", "Health Advisor");
  await takeCall(page, "0446");
  await ask(page, "hello");
  const session = await context.newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(address).origin, quotaSize: 1 });
  await page.keyboard.type("awake");
  await settled(page);
  await page.keyboard.press("Enter");
  await by(page, "button", /Export/).first().waitFor({ state: "attached", timeout: QUICK });
  await settled(page);
  await ask(page, "breathing now");
  const said = await transcript(page);
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "button", /Export/)]);
  const exported = readFileSync(await download.path(), "utf8");
  const heard = said.at(-1).replace(/^\S+ [^:]*: /, "").slice(1, 20);
  if (!exported.includes('"record"')) throw new Error(`what is exported has no call: ${exported.slice(0, 200)} (${heard})`);
  if (page.faults.length) throw new Error(page.faults.join("\n"));
  await context.close();
}

// A browser that keeps nothing says so at once, and a call can be taken.
async function without(browser, address) {
  const context = await browser.newContext(WIDE);
  await context.addInitScript(() => Object.defineProperty(globalThis, "indexedDB", { value: undefined }));
  const page = await watched(context, address);
  await start(page, address);
  await shown(page, /^Nothing can be kept: /);
  await press(page, "button", /without a profile/i);
  await settled(page);
  await takeCall(page, "0446");
  await ask(page, "hello");
  if (page.faults.length) throw new Error(page.faults.join("\n"));
  await context.close();
}

async function choose(page, file) {
  await toSettings(page);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press(page, "button", "Import calls, a call set or a scenario")]);
  await chooser.setFiles(file);
}

const drop = (page, name, text) => page.evaluate(([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true }));
}, [name, text]);

async function told(page, wanted) {
  const notice = page.getByRole("alertdialog");
  await notice.waitFor({ timeout: QUICK });
  const words = await notice.innerText();
  if (!wanted.test(words)) throw new Error(`told ${JSON.stringify(words)}, not ${wanted}`);
  await notice.getByRole("button", { name: "Close" }).press("Enter");
  await notice.waitFor({ state: "hidden" });
}

async function files(browser, address, out) {
  const context = await browser.newContext(WIDE);
  const page = await watched(context, address);
  await start(page, address);
  await signUp(page, "Wren", "Health Advisor");

  // A call that was taken on a desktop.
  const desktop = join(out, "desktop.jsonl");
  execFileSync(process.env.RIGHTCALL, ["play", "scenarios/back-saddle-numb.ron", "--model", "--role", "health-advisor", "--record", desktop]);
  await choose(page, desktop);
  await shown(page, /1 call, .* imported/);
  const halved = { name: "halved.jsonl", mimeType: "text/plain", buffer: readFileSync(desktop).subarray(0, -200) };
  await choose(page, halved);
  await shown(page, /halved\.jsonl/);

  // A scenario, chosen and dropped: sound, and with a fault where the checker says it is.
  const scenario = readFileSync("scenarios/back-mechanical.ron", "utf8");
  const other = scenario.replace("number: 427", "number: 777");
  await choose(page, { name: "back-mechanical.ron", mimeType: "text/plain", buffer: Buffer.from(other) });
  await told(page, /0777 is sound and stands among the calls/);
  await toCalls(page);
  await by(page, "button", /^Start call 0777/).waitFor({ state: "attached", timeout: QUICK });
  await drop(page, "back-mechanical.ron", scenario.replace("difficulty:", "dificulty:"));
  await told(page, /back-mechanical\.ron:\d+:\d+: error.*dificulty/);
  await drop(page, "back-mechanical.ron", scenario.replace(/known_to: \[Caller\]/, 'known_to: [Caller], from: Event("nothing-like-it")'));
  await told(page, /back-mechanical\.ron:\d+:\d+: error/);
  await drop(page, "again.jsonl", readFileSync(desktop, "utf8"));
  await shown(page, /1 call already here/);
  if (page.faults.length) throw new Error(page.faults.join("\n"));
  await context.close();
}

const clock = async (page) => {
  const words = await page.locator("#mirror").evaluate((root) => [...root.querySelectorAll("span")].map((span) => span.textContent).find((text) => /^\d\d:\d\d$/.test(text)));
  const [minutes, seconds] = words.split(":").map(Number);
  return minutes * 60 + seconds;
};

const outOfSight = (page, is) => page.evaluate((is) => {
  Object.defineProperty(document, "hidden", { value: is, configurable: true });
  Object.defineProperty(document, "visibilityState", { value: is ? "hidden" : "visible", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}, is);

// Out of sight no time passes: what the caller says by itself comes once, and after coming back.
async function hidden(browser, address) {
  const context = await browser.newContext(WIDE);
  const page = await watched(context, address);
  await start(page, address);
  await signUp(page, "Wren", "Health Advisor");
  await takeCall(page, "0412");
  await page.waitForTimeout(1200);
  await outOfSight(page, true);
  // The browser still wakes such a page now and then.
  const before = await clock(page);
  for (let n = 0; n < 8; n++) {
    await page.waitForTimeout(1000);
    await page.evaluate(() => globalThis.rightcall.page.wake());
  }
  if ((await transcript(page)).length) throw new Error("somebody spoke in a page that was out of sight");
  await outOfSight(page, false);
  const after = await clock(page);
  if (after - before > 1) throw new Error(`${after - before} s of the call passed out of sight`);
  // Nobody greeted: the caller begins.
  await page.locator("#mirror [role=log] p").first().waitFor({ state: "attached", timeout: QUICK });
  await page.waitForTimeout(4000);
  const lines = await transcript(page);
  if (new Set(lines).size !== lines.length || lines.length > 2) throw new Error(`the beginning came more than once: ${JSON.stringify(lines)}`);
  if (page.faults.length) throw new Error(page.faults.join("\n"));
  await context.close();
}
