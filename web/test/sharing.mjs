// A call set handed out, taken and handed back; a team's files brought in; and the skill-sharing session that comes of them:
// a trainer's and a trainee's browser, by keyboard alone.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, by, launch, press, settled, start, type, watched } from "./browser.mjs";
import { advise, ask, byGuide, close, debrief, decide, go, QUICK, refer, signIn, signUp, toOutcome, toSettings } from "./hands.mjs";

const t0 = Date.now();
const WIDE = { viewport: { width: 1440, height: 900 } };
const TRAINER = "Rowan", TRAINEE = "Wren", PIN = "4821";
const SET = "Sore throats", CALL = "0446";
const shown = (page, words) => page.locator("#mirror").getByText(words).first().waitFor({ state: "attached", timeout: QUICK });
const heading = (page, name, level = 1) => by(page, "heading", name, { level }).waitFor({ state: "attached", timeout: QUICK });

export async function sharing(site, out) {
  const folder = join(out, "sharing");
  mkdirSync(folder, { recursive: true });
  const browser = await launch();
  const pages = [];
  const faults = [];
  // Looks at a screen as axe does, and takes its picture for whoever wants to see it.
  const looking = (page) => async (screen) => {
    console.log(((Date.now() - t0) / 1000).toFixed(1), screen);
    await settled(page);
    faults.push(...(await accessible(page, screen)));
    await page.screenshot({ path: join(folder, `${String(pages.length)}-${screen.replace(/\W+/g, "-")}.png`) });
  };
  const open = async () => {
    const context = await browser.newContext(WIDE);
    const page = await watched(context, site.address);
    pages.push(page);
    await start(page, site.address);
    return page;
  };
  const hand = { folder, site };

  process.on("uncaughtExceptionMonitor", () => {});
  const hurt = async (error) => {
    const page = pages.findLast((page) => !page.isClosed());
    await page.screenshot({ path: "/tmp/web-helper/hurt.png" });
    writeFileSync("/tmp/web-helper/hurt.txt", await page.locator("body").ariaSnapshot());
    console.log(faults.join("\n"), pages.map((page) => page.faults));
    throw error;
  };
  return steps().catch(hurt);
  async function steps() {
  const trainer = await open();
  const set = await handOut(trainer, looking(trainer), hand);
  let returned = process.env.RETURNED;
  if (!returned) {
  const trainee = await open();
  returned = await handBack(trainee, looking(trainee), hand, set);
  await trainee.context().close();
  }
  const team = simulated(folder);
  await bringBack(trainer, looking(trainer), [returned, ...team]);
  await plan(trainer, looking(trainer));
  await session(trainer, looking(trainer), hand);
  const printed = await takeAway(trainer, looking(trainer), hand, browser);

  if (faults.length) throw new Error(`axe:\n${faults.join("\n")}`);
  for (const page of pages) if (page.faults.length) throw new Error(page.faults.join("\n"));
  await browser.close();
  return printed;
  }
}

// What a press downloads, each file under its own name.
async function downloads(page, count, folder, pressed) {
  const coming = [];
  const hear = (download) => coming.push(download);
  page.on("download", hear);
  await pressed();
  for (let n = 0; n < 300 && coming.length < count; n++) await page.waitForTimeout(100);
  page.off("download", hear);
  if (coming.length !== count) throw new Error(`${coming.length} downloads, not ${count}`);
  const files = [];
  for (const download of coming) {
    files.push(join(folder, download.suggestedFilename()));
    await download.saveAs(files.at(-1));
  }
  return files;
}

const program = (...args) => execFileSync(process.env.RIGHTCALL, args, { encoding: "utf8" });

async function openWorkspace(page) {
  await toSettings(page);
  await type(page, "textbox", "Trainer's PIN", PIN);
  if (await by(page, "textbox", "The trainer's PIN again").count()) await type(page, "textbox", "The trainer's PIN again", PIN);
  await press(page, "button", "Open the trainer's workspace");
}

const toRoom = (page) => go(page, "Alt+6", "Review room");

async function toHanding(page, half) {
  await toRoom(page);
  await press(page, "button", "Hand out and bring back");
  await heading(page, "Hand out and bring back");
  await press(page, "radio", half);
}

// The set is what the command line takes for one.
async function handOut(page, look, { folder }) {
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
async function handBack(page, look, { folder }, set) {
  await signUp(page, TRAINEE, "Health Advisor");
  await toSettings(page);
  await choose(page, set, () => press(page, "button", "Import calls, a call set or a scenario"));
  await by(page, "button", new RegExp(`^Start call ${CALL} of the set`)).waitFor({ state: "attached", timeout: QUICK });
  await look("desk with a call set");
  await press(page, "button", new RegExp(`^Start call ${CALL} of the set`));
  await by(page, "combobox", "Ask or say").waitFor({ state: "attached", timeout: QUICK });
  await settled(page);
  for (const words of ["hello", "location", "callback number", "awake", "breathing now"]) await ask(page, words);
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
  await shown(page, /Rowan may see whole calls, reflections/);
  await look("handed back");
  if (page.faults.length) throw new Error(page.faults.join("\n"));
  return returned;
}

// Twelve people whom the program makes up, each with a file of their own: calls that many of them took.
function simulated(folder) {
  const all = join(folder, "team.jsonl");
  program("simulate", all, "--people", "12", "--calls", "40");
  const isOfTheSet = ([, { record }]) => !record || ["call-0446", "call-0412", "call-0427"].includes(record.call);
  const lines = readFileSync(all, "utf8").replaceAll("simulated ", process.env.OLD ? "Team " : "simulated ").trim().split("\n").slice(1).map((line) => [line, JSON.parse(line)]).filter(isOfTheSet);
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
  if (process.env.OLD) for (let n = 0; n < 40; n++) { await page.waitForTimeout(5000); await toRoom(page); await shown(page, "Who decided what"); const c = await page.locator("#mirror").getByText(/still being marked/).count(); if (!c) break; console.log(await page.locator("#mirror").getByText(/still being marked/).first().textContent()); await page.keyboard.press("Alt+1"); await settled(page); }
  else await press(page, "button", "See them in the review room");
  await heading(page, "Who decided what", 2);
  await look("review room");
}

const field = (page, name) => by(page, "textbox", name).first();
const checked = (page, role, name) => by(page, role, name).first().getAttribute("aria-checked");

// A session of the call that the trainee shared, where it is among those most is to be learnt from.
async function plan(page, look) {
  await shown(page, /% agreement|Agreement/);
  const cell = await page.locator("#mirror").getByText(new RegExp(`^${TRAINEE}, call ${CALL}`)).first().textContent();
  const number = cell.match(/call (\w+):/)[1];
  await press(page, "checkbox", `Call ${number} in the session`);
  await type(page, "textbox", `Whose call ${number} is played`, TRAINEE);
  await type(page, "textbox", "When", "Friday, 13:00");
  await press(page, "radio", /^Huddle/);
  await press(page, "radio", "Pendleton");
  const invited = async () => Number((await page.locator("#mirror").getByText(/^\d+ invited$/).textContent()).split(" ")[0]);
  while ((await invited()) > 3) await press(page, "button", "One less: invited");
  await look("review room, a session planned");
  await press(page, "button", "Create session");
  await heading(page, "Skill-sharing session");
}

// What a session says it is at.
const at = (page, step) => page.locator("#mirror").getByText(`${step}, now`).waitFor({ state: "attached", timeout: QUICK });

async function session(page, look, { site }) {
  await shown(page, "Nobody's call is played without their yes today.");
  await look("session, set up");
  await press(page, "button", "Begin the session");
  // Nothing of the call is heard before its owner has said yes.
  await press(page, "button", "Begin with the first call");
  await shown(page, /Its owner has not been asked/);
  await press(page, "radio", /^Yes, play it/);
  await press(page, "button", "Begin with the first call");
  await at(page, "Listen");
  await shown(page, "as it was taken");
  await press(page, "button", /^Play /);
  await shown(page, /^Jodie.*: /);
  await press(page, "button", /^Stop /);
  await look("session, listening");
  await press(page, "button", "On to the blind round");
  await at(page, "Decide blind");
  const codes = await page.locator("#mirror").getByText(/^[A-Z]\d[A-Z]/).allTextContents();
  const code = (outcome) => codes.find((words) => outcome.test(words)).slice(0, 3);
  const [first, second] = [code(/Pharmacist within 24/), code(/within 6 hours/)];
  await putIn(page, "ZZZ", /a code is a letter/);
  await putIn(page, first.toLowerCase(), /Card 1 is in/);
  await putIn(page, second, /Card 2 is in/);
  await look("session, blind round");
  if (await page.locator("#mirror").getByText(/1 in range|1 under|1 over/).count()) throw new Error("decisions are shown before the reveal");

  // Reloaded in the middle, it goes on where it was; the trainer's workspace asks for its PIN again.
  await start(page, site.address);
  await signIn(page, TRAINER);
  await openWorkspace(page);
  await toRoom(page);
  await press(page, "button", "Open the session Skill-sharing session");
  await at(page, "Decide blind");
  await shown(page, "2 of 3 in");
  await putIn(page, first, /Card 3 is in/);
  await shown(page, "3 of 3 in");
  await press(page, "button", "Reveal the decisions");
  await at(page, "Reveal");
  await heading(page, /3 decisions, made blind/, 2);
  await look("session, revealed");
  await type(page, "textbox", "Who speaks first", TRAINEE);
  await page.keyboard.press("Enter");
  await shown(page, `${TRAINEE} speaks first.`);
  await press(page, "button", "On to the talk");
  await at(page, "Discuss");
  await press(page, "button", "What do we agree on?");
  await shown(page, /The volunteer speaks first/);
  await press(page, "radio", "4 of 5");
  for (const [name, all] of [["Something that went well", WELL], ["Something to do differently", DIFFERENTLY]]) {
    await by(page, "textbox", name).first().focus();
    for (const words of all) {
      await type(page, "textbox", name, words);
      await page.keyboard.press("Enter");
      await shown(page, new RegExp(`^${words}`));
    }
  }
  if (await by(page, "button", "Next question").count()) await press(page, "button", "Next question");
  await look("session, the talk");
  await press(page, "button", "What do we agree on?");
  await at(page, "Agree");
  await type(page, "textbox", "Learning point", POINT);
  await type(page, "textbox", "Who keeps an eye on it", TRAINER);
  await type(page, "textbox", "Looked at again on", "2026-12-24");
  await press(page, "button", "Agree on it");
  await shown(page, `3 of 3 agree. ${TRAINER} keeps an eye on it.`);
  await look("session, what is agreed");
  await press(page, "button", "Close the session");
  await at(page, "Close");
  await type(page, "textbox", "What somebody takes along", TAKEN);
  await page.keyboard.press("Enter");
  await shown(page, `“${TAKEN}”`);
  await press(page, "button", "End the session");
  await shown(page, "The session is over. Thank you.");
  await look("session, its end");
}

const WELL = ["Asked about swallowing early", "Stayed calm with her", "Said when to ring again"];
const DIFFERENTLY = ["Ask about fluids", "Read the number back", "Say who will ring, and when"];
const POINT = "We will ask about swallowing and drinking before anything else.";
const TAKEN = "Ask before I decide.";

async function putIn(page, code, answer) {
  const typed = by(page, "textbox", "Code").first();
  await typed.focus();
  await settled(page);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(code);
  await settled(page);
  await page.keyboard.press("Enter");
  await shown(page, answer);
}

// A table as a spreadsheet reads it.
function rows(csv) {
  const rows = [[]];
  for (const [, words, quoted, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(words?.replaceAll('""', '"') ?? quoted);
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.join("") !== "");
}

// The page and the table of the session: whole, with nothing from elsewhere and nobody's name who decided.
async function takeAway(page, look, { folder }, browser) {
  const files = await downloads(page, 2, folder, () => press(page, "button", process.env.OLD ? "Write page and table" : "Download page and table"));
  const [html, csv] = [".html", ".csv"].map((end) => readFileSync(files.find((file) => file.endsWith(end)), "utf8"));
  const table = rows(csv.replace(/^\ufeff/, ""));
  if (table.some((row) => row.length !== 5) || table[0].join() !== "call,part,what,value,detail") throw new Error(`the table: ${JSON.stringify(table)}`);
  for (const words of [POINT, TAKEN, ...WELL, ...DIFFERENTLY]) {
    if (!table.some((row) => row.includes(words))) throw new Error(`${words} is not in the table`);
    if (!html.includes(words)) throw new Error(`${words} is not on the page`);
  }
  const context = await browser.newContext(WIDE);
  const paper = await context.newPage();
  const asked = [];
  paper.on("request", (request) => asked.push(request.url()));
  await paper.setContent(html, { waitUntil: "load" });
  if (asked.length) throw new Error(`the page of the session asks for ${asked.join(", ")}`);
  const found = await accessible(paper, "page of the session");
  await paper.pdf({ path: join(folder, "session.pdf"), format: "A4", printBackground: true, preferCSSPageSize: true });
  await context.close();
  await press(page, "button", "Leave it for now");
  await heading(page, "Review room");
  await shown(page, new RegExp(POINT));
  await look("review room, after the session");
  if (found.length) throw new Error(found.join("\n"));
  return "a call set made, taken, handed back with consent and brought in with twelve people's files; a session planned from a suggestion, reloaded in the blind round, led to its end by keyboard; its page asks for nothing from elsewhere, its table parses; axe finds nothing on any screen";
}
