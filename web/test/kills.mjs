// The page killed at random moments of a call: what it had been told is kept is there afterwards.

import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { by, launch, start } from "./browser.mjs";
import { signIn, signUp, takeCall } from "./hands.mjs";

const WORDS = ["hello", "location", "call back", "breathing", "chest pain", "name", "date of birth", "awake", "medicines"];

// The actions of the store, as they are on the disk.
const kept = (page) => page.evaluate(async () => {
  const store = globalThis.rightcall.store;
  await store.open("rightcall");
  const change = store.begin(false);
  const acts = await store.all(change, "acts", "");
  await store.done(change);
  return acts.filter((_, n) => n % 2 === 0);
});

// Every action that is answered, as soon as it is.
const watch = (page) => page.evaluate(() => {
  const { store } = globalThis.rightcall;
  const writing = new Map();
  globalThis.rightcall.store = {
    ...store,
    put(change, shelf, key, value) {
      if (shelf === "acts") writing.set(change, key);
      store.put(change, shelf, key, value);
    },
    async done(change) {
      await store.done(change);
      if (writing.has(change)) globalThis.acknowledge(writing.get(change));
    },
  };
});

// Types on, whether anything is answered or not, until there is nobody to type for.
async function talk(page, isOver) {
  for (let n = 0; !isOver(); n++) {
    await by(page, "combobox", "Ask or say").focus({ timeout: 2000 });
    await page.keyboard.type(WORDS[n % WORDS.length], { delay: 5 });
    await page.keyboard.press("Enter");
    await page.waitForTimeout(100);
    await page.keyboard.type("/skip", { delay: 5 });
    await page.keyboard.press("Enter");
  }
}

async function kill(context, page, n) {
  if (n % 2 === 1) return page.close({ runBeforeUnload: false });
  // The renderer's process ends as by a fault of its own.
  const gone = new Promise((resolve) => page.once("crash", resolve));
  const session = await context.newCDPSession(page);
  session.send("Page.crash").catch(() => {});
  await gone;
  await page.close();
}

export async function kills(site, out, times) {
  const profile = mkdtempSync(join(out, "profile-"));
  const told = new Set();
  let context = null;
  const open = async () => {
    context ??= await launch(profile);
    const page = await context.newPage();
    await page.exposeFunction("acknowledge", (key) => told.add(key));
    await start(page, site.address);
    return page;
  };
  for (let n = 0; n < times; n++) {
    const page = await open();
    await (n === 0 ? signUp(page, "Wren", "Health Advisor") : signIn(page, "Wren"));
    await takeCall(page, "0446");
    await watch(page);
    const before = told.size;
    let over = false;
    const talking = talk(page, () => over).catch(() => {});
    // Not before something has been said: a kill in between loses nothing that anybody was told.
    for (let wait = 0; told.size === before && wait < 300; wait++) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 4000));
    over = true;
    await kill(context, page, n);
    await talking;
    // Now and then the whole browser goes, too.
    if (n % 10 === 9) {
      await context.close();
      context = null;
    }
    const after = await open();
    const there = new Set(await kept(after));
    const missing = [...told].filter((key) => !there.has(key));
    if (missing.length) throw new Error(`kill ${n + 1}: ${missing.length} of ${told.size} acknowledged actions are lost`);
    await after.close();
    if (n % 10 === 9) console.log(`web/test: ${n + 1} kills, ${told.size} acknowledged actions, none lost`);
  }
  await context?.close();
  if (told.size < times) throw new Error(`only ${told.size} actions in ${times} calls`);
  return `${times} kills, ${told.size} acknowledged actions, none lost`;
}
