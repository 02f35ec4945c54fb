// For whoever writes a test: opens the page and prints what a screen reader finds.
// web/test/repl.mjs DIST STEP… with a step like `press:button:Name`, `type:textbox:Name:words`, `key:Enter`, `shot:FILE`.

import { accessible, by, host, launch, press, settled, start, type, watched } from "./browser.mjs";

import { ask, byGuide, decide } from "./calls.mjs";

const [folder, ...steps] = process.argv.slice(2);
const site = await host(folder);
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
const page = await watched(context, site.address);
page.on("console", (message) => console.log(`[${message.type()}] ${message.text()}`));
const tree = () => page.locator("#mirror").ariaSnapshot();
try {
  await start(page, site.address);
  await settled(page);
  for (const step of steps) {
    const [what, ...rest] = step.split(":");
    if (what === "press") await press(page, rest[0], rest[1]);
    if (what === "type") await type(page, rest[0], rest[1], rest[2]);
    if (what === "key") await page.keyboard.press(rest[0]), await settled(page);
    if (what === "keys") await page.keyboard.type(rest.join(":")), await settled(page);
    if (what === "wait") await page.waitForTimeout(Number(rest[0]));
    if (what === "shot") await page.screenshot({ path: rest[0] });
    if (what === "ask") await ask(page, rest[0]);
    if (what === "decide") await decide(page);
    if (what === "guide") await byGuide(page, async () => {});
    if (what === "tree") console.log(await tree());
    if (what === "axe") console.log((await accessible(page, "here")).join("\n"));
    if (what === "js") console.log(await page.evaluate(rest.join(":")));
  }
} catch (error) {
  console.log(String(error));
  await page.screenshot({ path: "/tmp/repl.png" });
  console.log(await page.locator("body").ariaSnapshot());
}
console.log(page.faults.join("\n"));
await browser.close();
site.close();
