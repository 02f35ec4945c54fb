// Two whole calls by keyboard, from the first run to the debrief and out into a file, with every screen looked at by axe.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, launch, press, settled, start, type, watched } from "./browser.mjs";
import { advise, ask, byGuide, close, debrief, decide, go, goOn, openWorkspace, refer, signIn, signUp, takeCall, toCalls, toOutcome, toSettings, transcript } from "./hands.mjs";

// Each addition to the transcript, as a screen reader is told of it.
const listen = (page) => page.evaluate(() => {
  globalThis.announced = [];
  new MutationObserver((all) => {
    for (const { addedNodes, target } of all) {
      for (const node of addedNodes) if (target.getAttribute?.("role") === "log" && node.tagName === "P") globalThis.announced.push(node.textContent);
    }
  }).observe(document.getElementById("mirror"), { childList: true, subtree: true });
});

async function announcedOnce(page) {
  const said = await transcript(page);
  const announced = await page.evaluate(() => globalThis.announced);
  if (said.length === 0 || said.join("\n") !== announced.join("\n")) {
    throw new Error(`announced ${JSON.stringify(announced)}, said ${JSON.stringify(said)}`);
  }
  return said;
}

export async function calls(site, out) {
  const context = await launch(mkdtempSync(join(out, "profile-")));
  const page = await watched(context, site.address);
  const faults = [];
  const look = async (screen) => faults.push(...(await accessible(page, screen)));

  await start(page, site.address);
  await look("first run");
  await signUp(page, "Wren", "Health Advisor");
  await look("desk");
  await toCalls(page);
  await look("calls");
  const verdicts = [await byHealthAdvisor(page, site, look), await byClinicalAdvisor(page, look)];
  await exported(page, out, verdicts);
  for (const [keys, screen] of [["Alt+1", "Desk"], ["Alt+2", "Calls"], ["Alt+3", "Standards"], ["Alt+4", "Settings"]]) {
    if (screen === "Desk") {
      await page.keyboard.press(keys);
      await settled(page);
    } else await go(page, keys, screen);
    await look(`${screen}, after two calls`);
  }
  await trainer(page, look);
  if (faults.length) throw new Error(`axe:\n${faults.join("\n")}`);
  if (page.faults.length) throw new Error(page.faults.join("\n"));
  await context.close();
  return "a health advisor's and a clinical advisor's call by keyboard to the debrief, reloaded in between; the command line has the same calls and verdicts, and exports them byte for byte; each line announced once; axe finds nothing on any screen";
}

async function byHealthAdvisor(page, site, look) {
  await listen(page);
  await takeCall(page, "0446");
  await look("call, at its beginning");
  for (const words of ["hello", "location", "callback number", "awake", "breathing now"]) await ask(page, words);
  await look("call, with a transcript");
  const said = await announcedOnce(page);

  // Reload in the middle: the call is offered again and goes on where it was.
  await start(page, site.address);
  await signIn(page, "Wren");
  await goOn(page);
  const again = await transcript(page);
  if (said.some((line, n) => again[n] !== line)) throw new Error(`after reloading ${JSON.stringify(again)}, before ${JSON.stringify(said)}`);

  await type(page, "textbox", "Where is the patient now?", "Tamper Café, 19 Canal Street");
  await type(page, "textbox", "Date of birth", "08/04/1997");
  await toOutcome(page);
  await look("outcome, the guides");
  await byGuide(page, "sore throat");
  await look("outcome, what the guide yields");
  await decide(page, "throat, nothing that presses");
  await refer(page);
  await look("outcome, the directory");
  await advise(page, "worse");
  await look("outcome, advice");
  await close(page);
  await look("how was that");
  const verdict = await debrief(page);
  await look("debrief");
  return verdict;
}

// On the ladder, in another call, which begins with a handover.
async function byClinicalAdvisor(page, look) {
  await toSettings(page);
  await press(page, "radio", /^Clinical Advisor$/);
  await listen(page);
  await takeCall(page, "0412");
  for (const words of ["hello", "location", "numb"]) await ask(page, words);
  await announcedOnce(page);
  await type(page, "textbox", "Where is the patient now?", "14 Weavers Yard, Southfold");
  await toOutcome(page);
  await look("outcome, the ladder");
  await press(page, "button", "1 hour, ED or urgent centre");
  await look("outcome, a cell of the ladder");
  await decide(page, "numb between the legs");
  await refer(page);
  await advise(page, "legs");
  await close(page);
  const verdict = await debrief(page);
  await look("debrief of a clinical advisor");
  return verdict;
}

async function trainer(page, look) {
  await openWorkspace(page);
  await page.keyboard.press("Alt+5");
  await settled(page);
  await look("model answers");
}

// What is downloaded is what the command line takes in, call for call and mark for mark.
async function exported(page, out, verdicts) {
  await toSettings(page);
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "button", "Export my calls")]);
  const file = join(out, "exported.jsonl");
  await download.saveAs(file);
  const program = process.env.RIGHTCALL;
  const data = join(out, "data");
  execFileSync(program, ["records", "import", file, "--data", data]);
  const back = join(out, "back.jsonl");
  execFileSync(program, ["records", "export", back, "--data", data]);
  if (readFileSync(file, "utf8") !== readFileSync(back, "utf8")) throw new Error("the command line exports something else than it imported");
  const marks = JSON.parse(execFileSync(program, ["mark", file, "--format", "json"]));
  if (marks.length !== verdicts.length) throw new Error(`${marks.length} calls came out of ${verdicts.length}`);
  const heading = { right: /right/i, "right-not-assured": /right|assured/i, "safety-cap": /safe/i };
  for (const mark of marks) {
    const words = verdicts[mark.role === "health-advisor" ? 0 : 1];
    const wanted = heading[mark.verdict];
    if (wanted && !wanted.test(words)) throw new Error(`the command line says ${mark.verdict}, the page ${words}`);
  }
}
