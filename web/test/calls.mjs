// Whole calls by keyboard, as whoever uses a screen reader takes them: every control by its role and name.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, by, launch, press, settled, start, type, watched } from "./browser.mjs";

const QUICK = 45_000;

export async function signUp(page, name, role) {
  await type(page, "textbox", "Name", name);
  await press(page, "radio", new RegExp(`${role}$`));
  await press(page, "button", "Straight to my desk");
  await by(page, "button", "Desk").waitFor({ state: "attached", timeout: QUICK });
}

// Takes the call with this number from the list.
export async function takeCall(page, number = "0446") {
  await page.keyboard.press("Alt+2");
  await settled(page);
  await press(page, "button", new RegExp(`^Start call ${number}`));
  await by(page, "combobox", "Ask or say").waitFor({ state: "attached", timeout: QUICK });
}

const lines = (page) => page.locator("#mirror [role=log] p");

// Says what is found for these words, and hears the answer out.
export async function ask(page, words) {
  const field = by(page, "combobox", "Ask or say");
  await field.focus();
  const before = await lines(page).count();
  await page.keyboard.type(words, { delay: 8 });
  await page.waitForFunction((words) => document.activeElement?.value === words && document.activeElement.getAttribute("aria-expanded") === "true", words, { timeout: QUICK });
  await settled(page);
  await page.keyboard.press("Enter");
  await page.waitForFunction((n) => document.querySelectorAll("#mirror [role=log] p").length > n, before, { timeout: QUICK });
  await hear(page);
}

// To the end of what is being said.
async function hear(page) {
  for (let n = 0; n < 2; n++) {
    await page.keyboard.type("/skip");
    await settled(page);
    await page.keyboard.press("Enter");
    await settled(page);
  }
}

export async function calls(site, out) {
  const profile = mkdtempSync(join(out, "profile-"));
  const context = await launch(profile);
  const page = await watched(context, site.address);
  const faults = [];
  const look = async (screen) => faults.push(...(await accessible(page, screen)));
  // Each addition to the transcript, as a screen reader is told of it.
  const announce = () => page.evaluate(() => {
    globalThis.announced = [];
    new MutationObserver((all) => {
      for (const { addedNodes, target } of all) {
        for (const node of addedNodes) if (target.getAttribute?.("role") === "log" && node.tagName === "P") globalThis.announced.push(node.textContent);
      }
    }).observe(document.getElementById("mirror"), { childList: true, subtree: true });
  });

  await start(page, site.address);
  await settled(page);
  await announce();
  await look("first run");
  await signUp(page, "Wren", "Health Advisor");
  await look("desk");
  await page.keyboard.press("Alt+2");
  await settled(page);
  await look("calls");
  await takeCall(page);
  await look("call, at its beginning");
  for (const words of ["hello", "location", "callback number", "awake", "breathing now"]) await ask(page, words);
  await look("call, with a transcript");
  const said = await lines(page).allTextContents();
  const announced = await page.evaluate(() => globalThis.announced);
  if (announced.length !== said.length || announced.some((line, n) => line !== said[n])) {
    throw new Error(`announced ${JSON.stringify(announced)}, said ${JSON.stringify(said)}`);
  }

  // Reload in the middle: the call is offered again and goes on where it was.
  await start(page, site.address);
  await settled(page);
  await press(page, "button", /Wren/);
  await page.keyboard.press("Alt+2");
  await settled(page);
  await press(page, "button", /Go on/);
  await by(page, "combobox", "Ask or say").waitFor({ state: "attached", timeout: QUICK });
  await settled(page);
  const again = await lines(page).allTextContents();
  if (said.some((line, n) => again[n] !== line)) throw new Error(`after reloading ${JSON.stringify(again)}, before ${JSON.stringify(said)}`);

  await type(page, "textbox", "Where is the patient now?", "Tamper Café, 19 Canal Street");
  await type(page, "textbox", "Date of birth", "08/04/1997");
  await byGuide(page, look);
  await arrange(page, look);
  await debrief(page, look);

  await other(page, look);
  const record = await exported(page, context, out);
  for (const [keys, screen] of [["Alt+1", "desk"], ["Alt+2", "calls"], ["Alt+3", "standards"], ["Alt+4", "settings"]]) {
    await page.keyboard.press(keys);
    await settled(page);
    await look(`${screen}, after two calls`);
  }
  if (faults.length) throw new Error(`axe:\n${faults.join("\n")}`);
  if (page.faults.length) throw new Error(page.faults.join("\n"));
  await context.close();
  return `a health advisor's and a clinical advisor's call by keyboard to the debrief, reloaded in between; ${record}; axe finds nothing`;
}

async function toOutcome(page) {
  await by(page, "combobox", "Ask or say").focus();
  await page.keyboard.type("/decide");
  await settled(page);
  await page.keyboard.press("Enter");
  await settled(page);
}

export async function byGuide(page, look) {
  await toOutcome(page);
  await type(page, "textbox", "Search the guides", "sore throat");
  await page.keyboard.press("ArrowDown");
  await settled(page);
  await page.keyboard.press("Enter");
  await settled(page);
  await look("outcome, guide");
  for (let n = 0; n < 30 && !(await by(page, "textbox", "Reason").count()); n++) {
    const no = by(page, "button", /^No/).first();
    if (!(await no.count())) break;
    await no.focus();
    await page.keyboard.press("Space");
    await settled(page);
  }
}

export async function decide(page) {
  await type(page, "textbox", "Reason", "throat, nothing that presses");
  await press(page, "radio", "Fairly");
  await press(page, "button", "Decide on this");
}

async function arrange(page, look) {
  await decide(page);
  await press(page, "button", "Search the directory");
  await look("outcome, directory");
  await page.keyboard.press("o");
  await page.waitForFunction(() => /they agree|would rather not/.test(document.getElementById("mirror").textContent), null, { timeout: QUICK });
  await settled(page);
  await page.keyboard.press("Enter");
  await settled(page);
  await type(page, "textbox", "Search the advice", "worse");
  await page.keyboard.press("ArrowDown");
  await settled(page);
  await page.keyboard.press("Enter");
  await settled(page);
  await look("outcome, advice");
  await press(page, "button", "Refer and close");
}

async function debrief(page, look) {
  await by(page, "heading", /How was that|How did/).first().waitFor({ state: "attached", timeout: QUICK });
  await look("debrief, first question");
  await press(page, "radio", /.+/);
  await press(page, "button", /Show|On to|debrief/i);
  await by(page, "heading", /Debrief|Call/).first().waitFor({ state: "attached", timeout: QUICK });
  await look("debrief");
}

// The same call as a clinical advisor, who decides on the ladder.
async function other(page, look) {
  await page.keyboard.press("Alt+4");
  await settled(page);
  await press(page, "radio", /Clinical Advisor$/);
  await takeCall(page, "0446");
  for (const words of ["hello", "location", "swallow"]) await ask(page, words);
  await toOutcome(page);
  await look("outcome, ladder");
  await press(page, "button", "12 hours, ED or urgent centre");
  await decide(page);
  await press(page, "button", "Refer and close");
  await debrief(page, look);
}

// What is downloaded is what the command line takes in, call for call.
async function exported(page, context, out) {
  await page.keyboard.press("Alt+4");
  await settled(page);
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "button", "Export all calls")]);
  const file = join(out, "exported.jsonl");
  await download.saveAs(file);
  const program = process.env.RIGHTCALL;
  const data = join(out, "data");
  execFileSync(program, ["records", "import", file, "--data", data]);
  const back = join(out, "back.jsonl");
  execFileSync(program, ["records", "export", back, "--data", data]);
  if (readFileSync(file, "utf8") !== readFileSync(back, "utf8")) throw new Error("the command line exports something else than it imported");
  const marks = JSON.parse(execFileSync(program, ["mark", file, "--format", "json"]));
  writeFileSync(join(out, "marks.json"), JSON.stringify(marks));
  return "the export imported by the command line and exported again is the same, byte for byte";
}
