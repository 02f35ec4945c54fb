// A call set handed out, taken and handed back; a team's files brought in; and the skill-sharing session that comes of them:
// a trainer's and a trainee's browser, by keyboard alone.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, by, launch, press, settled, start, type, watched } from "./browser.mjs";
import { advise, ask, byGuide, close, debrief, decide, downloads, go, heading, openWorkspace, QUICK, refer, shown, signUp, toOutcome, toRoom, toSettings } from "./hands.mjs";
import { plan, session, takeAway } from "./session.mjs";

const WIDE = { viewport: { width: 1440, height: 900 } };
const TRAINER = "Rowan", TRAINEE = "Wren", CALL = "0446";
const SET = "Sore throats";

export async function sharing(site, out) {
  const folder = join(out, "sharing");
  mkdirSync(folder, { recursive: true });
  const browser = await launch();
  const pages = [];
  const faults = [];
  // Looks at a screen as axe does; with PICTURES=1 its picture lies in the folder, too.
  const looking = (page) => async (screen) => {
    await settled(page);
    faults.push(...(await accessible(page, screen)));
    if (process.env.PICTURES) await page.screenshot({ path: join(folder, `${pages.length}-${screen.replace(/\W+/g, "-")}.png`) });
  };
  const open = async () => {
    const context = await browser.newContext(WIDE);
    const page = await watched(context, site.address);
    pages.push(page);
    await start(page, site.address);
    return page;
  };

  const trainer = await open();
  const set = await handOut(trainer, looking(trainer), folder);
  const trainee = await open();
  const returned = await handBack(trainee, looking(trainee), folder, set);
  await trainee.context().close();
  const team = simulated(folder);
  await bringBack(trainer, looking(trainer), [returned, ...team]);
  const who = { trainer: TRAINER, trainee: TRAINEE, call: CALL };
  await plan(trainer, looking(trainer), who);
  await session(trainer, looking(trainer), site.address, who);
  await takeAway(trainer, looking(trainer), folder, browser, who);

  if (faults.length) throw new Error(`axe:\n${faults.join("\n")}`);
  for (const page of pages) if (page.faults.length) throw new Error(page.faults.join("\n"));
  await browser.close();
  return "a call set made, taken, handed back with consent and brought in with twelve people's files; a session planned from a suggestion, reloaded in its blind round and led to its end by keyboard; its page asks for nothing from elsewhere, its table parses; axe finds nothing on any screen";
}

const program = (...args) => execFileSync(process.env.RIGHTCALL, args, { encoding: "utf8" });

async function toHanding(page, half) {
  await toRoom(page);
  await press(page, "button", "Hand out and bring back");
  await heading(page, "Hand out and bring back");
  await press(page, "radio", half);
}

// The set is what the command line takes for one.
async function handOut(page, look, folder) {
  await signUp(page, TRAINER, "Health Advisor");
  await openWorkspace(page);
  await toRoom(page);
  await look("review room, empty");
  await toHanding(page, "Make a call set");
  await look("a call set, nothing in it");
  await type(page, "textbox", "Find a call", CALL);
  await press(page, "checkbox", `Call ${CALL}, as written`);
  await type(page, "textbox", "Name of the set", SET);
  await press(page, "radio", "Coach");
  await type(page, "textbox", "Due", "2026-12-11");
  await type(page, "textbox", "Note", "Ask what they were doing before you decide.");
  await look("a call set, made");
  const [set] = await downloads(page, 1, folder, () => press(page, "button", "Download the call set"));
  await shown(page, /Downloaded as/);
  program("set", "check", set);
  return set;
}

async function choose(page, files, pressed) {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), pressed()]);
  await chooser.setFiles(files);
}

// Opens the set, takes its call to the end, and hands it back.
async function handBack(page, look, folder, set) {
  await signUp(page, TRAINEE, "Health Advisor");
  await toSettings(page);
  await choose(page, set, () => press(page, "button", "Import calls, a call set or a scenario"));
  await by(page, "button", new RegExp(`^Start call ${CALL} of the set`)).waitFor({ state: "attached", timeout: QUICK });
  await look("desk with a call set");
  await press(page, "button", new RegExp(`^Start call ${CALL} of the set`));
  await by(page, "combobox", "Ask or say").waitFor({ state: "attached", timeout: QUICK });
  await settled(page);
  for (const words of ["hello", "location"]) await ask(page, words);
  await type(page, "textbox", "Where is the patient now?", "Tamper Café, 19 Canal Street");
  await type(page, "textbox", "Date of birth", "08/04/1997");
  await toOutcome(page);
  await byGuide(page, "sore throat");
  await decide(page, "throat, nothing that presses");
  await refer(page);
  await advise(page, "worse");
  await close(page);
  await debrief(page);
  await go(page, "Alt+1", new RegExp(TRAINEE));
  await press(page, "button", new RegExp(`^Hand back ${SET}`));
  await heading(page, "Hand back");
  await look("handing back");
  await press(page, "radio", "Whole calls");
  await press(page, "checkbox", "My reflections");
  const [returned] = await downloads(page, 1, folder, () => press(page, "button", "Download the file"));
  await shown(page, /Give that file to whoever handed out the set/);
  await shown(page, `${TRAINER} may see whole calls, reflections`);
  await look("handed back");
  if (page.faults.length) throw new Error(page.faults.join("\n"));
  return returned;
}

// Twelve people whom the program makes up, each with a file of their own: calls that many of them took.
function simulated(folder) {
  const all = join(folder, "team.jsonl");
  program("simulate", all, "--people", "12", "--calls", "40");
  const isOfTheSet = ([, { record }]) => !record || ["call-0446", "call-0412", "call-0427"].includes(record.call);
  const lines = readFileSync(all, "utf8").trim().split("\n").slice(1).map((line) => [line, JSON.parse(line)]).filter(isOfTheSet);
  const by = ([, item]) => item.record?.by ?? item.annotation?.by;
  const people = [...new Set(lines.map(by).filter(Boolean))];
  const texts = lines.filter((line) => !by(line));
  return people.map((person, n) => {
    const own = lines.filter((line) => by(line) === person);
    const count = (what) => own.filter(([, item]) => item[what]).length;
    const head = { rightcall: "export", format: 1, texts: texts.filter(([, item]) => item.text).length, records: count("record"), annotations: count("annotation") };
    const file = join(folder, `person-${n + 1}.jsonl`);
    writeFileSync(file, [JSON.stringify(head), ...[...texts, ...own].map(([line]) => line), ""].join("\n"));
    return file;
  });
}

async function bringBack(page, look, files) {
  await press(page, "radio", "Bring files back");
  await look("bringing back, nothing yet");
  await choose(page, files, () => press(page, "button", "Choose files"));
  await heading(page, "Who is in the files", 2);
  await shown(page, `${files.length} people in ${files.length} files`);
  await look("who is in the files");
  await press(page, "button", "Bring in");
  await by(page, "button", "See them in the review room").waitFor({ state: "attached", timeout: QUICK });
  await look("brought in");
  await press(page, "button", "See them in the review room");
  await heading(page, "Who decided what", 2);
  await look("review room");
}
