// The browser killed at random moments of a call: what the page had been told is kept is there afterwards.

import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { by, launch, press, settled, start, type } from "./browser.mjs";
import { signUp, takeCall } from "./calls.mjs";

// The calls of the store, as they are on the disk.
const kept = (page) => page.evaluate(async () => {
  const store = globalThis.rightcall.store;
  await store.open("rightcall");
  const change = store.begin(false);
  const acts = await store.all(change, "acts", "");
  await store.done(change);
  return acts.filter((_, n) => n % 2 === 0);
});

// Every action that has been answered, as soon as it has been.
const watch = (page) => page.evaluate(() => {
  const store = globalThis.rightcall.store;
  const { put, done } = store;
  globalThis.acknowledged = [];
  const writing = new Map();
  globalThis.rightcall.store = {
    ...store,
    put(change, shelf, key, value) {
      if (shelf === "acts") writing.set(change, key);
      put(change, shelf, key, value);
    },
    async done(change) {
      await done(change);
      if (writing.has(change)) globalThis.acknowledge(writing.get(change));
    },
  };
});

export async function kills(site, out, times) {
  let lost = 0, all = 0;
  for (let n = 0; n < times; n++) {
    const profile = mkdtempSync(join(out, "profile-"));
    const told = [];
    let context = await launch(profile);
    let page = context.pages()[0] ?? (await context.newPage());
    await page.exposeFunction("acknowledge", (key) => told.push(key));
    await start(page, site.address);
    await settled(page);
    await watch(page);
    await signUp(page, "Wren", "Health Advisor");
    await takeCall(page);
    const moment = 200 + Math.random() * 4000;
    const die = new Promise((resolve) => setTimeout(resolve, moment)).then(async () => {
      if (n % 2 === 0) {
        const session = await context.newCDPSession(page);
        await session.send("Page.crash").catch(() => {});
      } else {
        await page.close({ runBeforeUnload: false });
      }
    });
    const busy = (async () => {
      for (const words of ["hello", "location", "call back", "breathing", "chest pain", "name", "date of birth"]) {
        await by(page, "combobox", "Ask or say").focus();
        await page.keyboard.type(words, { delay: 5 });
        await page.keyboard.press("Enter");
        await page.waitForTimeout(150);
      }
    })().catch(() => {});
    await die;
    await Promise.race([busy, new Promise((resolve) => setTimeout(resolve, 300))]);
    await context.close();
    context = await launch(profile);
    page = context.pages()[0] ?? (await context.newPage());
    await start(page, site.address);
    const there = await kept(page);
    const missing = told.filter((key) => !there.includes(key));
    lost += missing.length;
    all += told.length;
    if (missing.length) throw new Error(`kill ${n + 1}: ${missing.length} of ${told.length} acknowledged actions are lost`);
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
  return `${times} kills, ${all} acknowledged actions, ${lost} lost`;
}
