// How whoever has no mouse and no picture takes a call: every control by its role and name, every key from a keyboard.

import { join } from "node:path";
import { by, press, settled, type } from "./browser.mjs";

export const QUICK = 60_000;

export async function signUp(page, name, role) {
  await type(page, "textbox", "Name", name);
  await press(page, "radio", new RegExp(`${role}$`));
  await press(page, "button", "Straight to my desk");
  await by(page, "button", "Desk").waitFor({ state: "attached", timeout: QUICK });
}

// Who has been here before chooses themselves.
export async function signIn(page, name) {
  await press(page, "button", new RegExp(name));
  await by(page, "button", "Desk").waitFor({ state: "attached", timeout: QUICK });
}

export async function go(page, keys, heading) {
  await page.keyboard.press(keys);
  await by(page, "heading", heading, { level: 1 }).waitFor({ state: "attached", timeout: QUICK });
  await settled(page);
}

export const shown = (page, words) => page.locator("#mirror").getByText(words).first().waitFor({ state: "attached", timeout: QUICK });
export const heading = (page, name, level = 1) => by(page, "heading", name, { level }).waitFor({ state: "attached", timeout: QUICK });

export const toCalls = (page) => go(page, "Alt+2", "Calls");
export const toSettings = (page) => go(page, "Alt+4", "Settings");

const askField = (page) => by(page, "combobox", "Ask or say");

// Takes the call with this number from the list.
export async function takeCall(page, number) {
  await toCalls(page);
  await press(page, "button", new RegExp(`^Start call ${number}`));
  await askField(page).waitFor({ state: "attached", timeout: QUICK });
  // A clinician who rings back is first given what was handed over.
  const handover = by(page, "dialog", "handover").getByRole("button", { name: "To the call" });
  await settled(page);
  if (await handover.count()) await press(page, "button", "To the call");
  await settled(page);
}

// Goes on with the call that was left.
export async function goOn(page) {
  await toCalls(page);
  await press(page, "button", /Go on/);
  await askField(page).waitFor({ state: "attached", timeout: QUICK });
  await settled(page);
}

const lines = (page) => page.locator("#mirror [role=log] p");
export const transcript = (page) => lines(page).allTextContents();

// Says what is found for these words, and hears the answer out.
export async function ask(page, words) {
  const before = await lines(page).count();
  await typeIn(page, words);
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-expanded") === "true", null, { timeout: QUICK });
  await page.keyboard.press("Enter");
  await page.waitForFunction((n) => document.querySelectorAll("#mirror [role=log] p").length > n, before, { timeout: QUICK });
  await hear(page);
}

async function typeIn(page, words) {
  await askField(page).focus();
  await settled(page);
  await page.keyboard.type(words);
  await page.waitForFunction((words) => document.activeElement?.value === words, words, { timeout: QUICK });
  await settled(page);
}

async function command(page, words) {
  await typeIn(page, words);
  await page.keyboard.press("Enter");
  await settled(page);
}

// To the end of what is being said, and of what is said to that.
async function hear(page) {
  await command(page, "/skip");
  await command(page, "/skip");
}

export async function toOutcome(page) {
  await command(page, "/decide");
  await by(page, "heading", "Advise").waitFor({ state: "attached", timeout: QUICK });
  await settled(page);
}

// Works through the guide with this name; everything is answered with no.
export async function byGuide(page, guide) {
  await type(page, "textbox", "Search the guides", guide);
  await page.keyboard.press("ArrowDown");
  await settled(page);
  await page.keyboard.press("Enter");
  await settled(page);
  const no = by(page, "button", "No", { exact: true });
  for (let n = 0; n < 30 && (await no.count()); n++) {
    const recorded = await by(page, "button", /^Change: /).count();
    await press(page, "button", "No", { exact: true });
    await page.waitForFunction((n) => [...document.querySelectorAll("#mirror button")].filter((b) => b.textContent.startsWith("Change: ")).length > n, recorded, { timeout: QUICK }).catch(async (error) => {
      // The last answer yields the outcome.
      if (await no.count()) throw error;
    });
    await settled(page);
  }
}

export async function decide(page, why) {
  await type(page, "textbox", "Reason", why);
  await press(page, "radio", "Fairly");
  await press(page, "button", "Decide on this");
  await by(page, "button", "Search the directory").waitFor({ state: "attached", timeout: QUICK });
}

// The first service of the directory is offered, and chosen when the caller agrees.
export async function refer(page) {
  await press(page, "button", "Search the directory");
  const first = by(page, "group", /^1\. /);
  await first.waitFor({ state: "attached", timeout: QUICK });
  await first.focus();
  await settled(page);
  await page.keyboard.press("o");
  await by(page, "group", /^1\. .*they agree/).waitFor({ state: "attached", timeout: QUICK });
  await settled(page);
  await page.keyboard.press("Enter");
  await by(page, "group", /^1\. .*, chosen/).waitFor({ state: "attached", timeout: QUICK });
}

// Says the first line of advice that is found for these words.
export async function advise(page, words) {
  await type(page, "textbox", "Search the advice", words);
  await page.keyboard.press("ArrowDown");
  await settled(page);
  await page.keyboard.press("Enter");
  await by(page, "group", /, said at /).first().waitFor({ state: "attached", timeout: QUICK });
}

export async function close(page) {
  await press(page, "button", "Refer and close");
  // It asks once.
  await press(page, "button", "Close the call");
  await by(page, "heading", "How was that?").waitFor({ state: "attached", timeout: QUICK });
  await settled(page);
}

// Says how it was, and sees the marks; what the heading says of them.
export async function debrief(page) {
  await page.keyboard.press("4");
  await settled(page);
  await press(page, "button", "Show me the call");
  await by(page, "heading", "The call").waitFor({ state: "attached", timeout: QUICK });
  await settled(page);
  return page.locator("#mirror h1").textContent();
}

// What a press downloads, each file under its own name.
export async function downloads(page, count, folder, pressed) {
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

const PIN = "4821";

// The first time the PIN is chosen, later it is asked for.
export async function openWorkspace(page) {
  await toSettings(page);
  await type(page, "textbox", "Trainer's PIN", PIN);
  if (await by(page, "textbox", "The trainer's PIN again").count()) await type(page, "textbox", "The trainer's PIN again", PIN);
  await press(page, "button", "Open the trainer's workspace");
}

export const toRoom = (page) => go(page, "Alt+6", "Review room");
