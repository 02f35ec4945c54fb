// A skill-sharing session from the review room to the paper that is taken away.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, by, press, settled, start, type } from "./browser.mjs";
import { downloads, heading, openWorkspace, QUICK, shown, signIn, toRoom } from "./hands.mjs";

const WELL = ["Asked about swallowing early", "Stayed calm with her", "Said when to ring again"];
const DIFFERENTLY = ["Ask about fluids", "Read the number back", "Say who will ring, and when"];
const POINT = "We will ask about swallowing and drinking before anything else.";
const TAKEN = "Ask before I decide.";

// A session of the call that the trainee shared, where it is among those most is to be learnt from.
export async function plan(page, look, { trainee, call }) {
  await agreed(page);
  const cells = by(page, "gridcell", new RegExp(`^${trainee}, call ${call}`));
  const own = (await cells.evaluateAll((all) => all.map((cell) => cell.getAttribute("aria-label")))).find((name) => !name.endsWith("not taken"));
  const number = own.match(/call (\w+):/)[1];
  await inGrid(page);
  await press(page, "checkbox", `Call ${number} in the session`);
  await type(page, "textbox", `Whose call ${number} is played`, trainee);
  await type(page, "textbox", "When", "Friday, 13:00");
  await press(page, "radio", /^Huddle/);
  await press(page, "radio", "Pendleton");
  const invited = async () => Number((await page.locator("#mirror").getByText(/^\d+ invited$/).textContent()).split(" ")[0]);
  while ((await invited()) > 3) await press(page, "button", "One less: invited");
  await look("review room, a session planned");
  await press(page, "button", "Create session");
  await heading(page, "Skill-sharing session");
}

// Every statistic under its own name, with a value and its limits.
async function agreed(page) {
  await heading(page, "Agreement", 2);
  for (const name of ["Raw agreement", "In range", "Gwet's AC1", "Krippendorff's alpha"]) {
    await shown(page, new RegExp(`^${name}, .*: -?[\\d.]+( %)?, -?[\\d.]+( %)? to -?[\\d.]+( %)?$`));
  }
}

// Arrows move in the grid, Space puts a column into the session and takes it out.
async function inGrid(page) {
  const cell = page.locator("#mirror [role=gridcell][tabindex='0']");
  await cell.focus();
  await settled(page);
  const here = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  const before = await here();
  await page.keyboard.press("ArrowDown");
  await settled(page);
  await page.keyboard.press("ArrowRight");
  await settled(page);
  const after = await here();
  const [name, column] = [(words) => words.split(", call ")[0], (words) => words.match(/call (\w+):/)[1]];
  if (name(before) === name(after) || column(before) === column(after)) throw new Error(`arrows lead from ${before} to ${after}`);
  await page.keyboard.press("Space");
  await shown(page, /^1 call, \d+ minutes$/);
  await settled(page);
  await page.keyboard.press("Space");
  await shown(page, /^Tick a call/);
}

// What a session says it is at.
const at = (page, step) => page.locator("#mirror").getByText(`${step}, now`).waitFor({ state: "attached", timeout: QUICK });

export async function session(page, look, address, { trainer, trainee }) {
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
  const codes = await page.locator("#mirror").getByText(/^[A-Z]\d[A-Z]: /).allTextContents();
  const code = (outcome) => codes.find((words) => outcome.test(words)).slice(0, 3);
  const [first, second] = [code(/Pharmacist within 24/), code(/within 6 hours/)];
  await putIn(page, "ZZZ", /a code is a letter/i);
  await putIn(page, first.toLowerCase(), /Card 1 is in/);
  await putIn(page, second, /Card 2 is in/);
  await look("session, blind round");
  if (await page.locator("#mirror").getByText(/1 in range|1 under|1 over/).count()) throw new Error("decisions are shown before the reveal");

  // Reloaded in the middle, it goes on where it was; the trainer's workspace asks for its PIN again.
  await start(page, address);
  await signIn(page, trainer);
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
  await type(page, "textbox", "Who speaks first", trainee);
  await page.keyboard.press("Enter");
  await shown(page, `${trainee} speaks first.`);
  await press(page, "button", "On to the talk");
  await at(page, "Discuss");
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
  await type(page, "textbox", "Who keeps an eye on it", trainer);
  await type(page, "textbox", "Looked at again on", "2026-12-24");
  await press(page, "button", "Agree on it");
  await shown(page, `3 of 3 agree. ${trainer} keeps an eye on it.`);
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
export async function takeAway(page, look, folder, browser, { trainee }) {
  const files = await downloads(page, 2, folder, () => press(page, "button", "Download page and table"));
  const [html, csv] = [".html", ".csv"].map((end) => readFileSync(files.find((file) => file.endsWith(end)), "utf8"));
  const table = rows(csv.replace(/^\ufeff/, ""));
  if (table.some((row) => row.length !== 5) || table[0].join() !== "call,part,what,value,detail") throw new Error(`the table: ${JSON.stringify(table)}`);
  for (const words of [POINT, TAKEN, ...WELL, ...DIFFERENTLY]) {
    if (!table.some((row) => row.includes(words))) throw new Error(`${words} is not in the table`);
    if (!html.includes(words)) throw new Error(`${words} is not on the page`);
  }
  for (const text of [html, csv]) {
    if (text.includes(trainee)) throw new Error(`${trainee} is named in what is taken away`);
    if (!/simulated/i.test(text)) throw new Error("nothing says that people are simulated");
  }
  const context = await browser.newContext();
  const paper = await context.newPage();
  const asked = [];
  paper.on("request", (request) => asked.push(request.url()));
  await paper.setContent(html, { waitUntil: "load" });
  if (asked.length) throw new Error(`the page of the session asks for ${asked.join(", ")}`);
  const found = await accessible(paper, "page of the session");
  await paper.pdf({ path: join(folder, "session.pdf"), format: "A4", printBackground: true, preferCSSPageSize: true });
  await context.close();
  await press(page, "button", "Back to the review room");
  await heading(page, "Review room");
  await shown(page, new RegExp(POINT));
  await look("review room, after the session");
  if (found.length) throw new Error(found.join("\n"));
}
