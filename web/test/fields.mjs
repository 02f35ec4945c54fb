// Text as on any page: an input method, dead keys, the clipboard; and pictures of any size with the mouse on them.

import { by, launch, press, settled, start, type, watched } from "./browser.mjs";
import { QUICK, signUp, toSettings } from "./hands.mjs";

export async function fields(site) {
  const browser = await launch();
  await composing(browser, site.address);
  await browser.close();
  await sizes(site.address);
  return "words put together by an input method, dead keys, copy and paste, undo; the mouse hits what it points at after resizing and at one, one and a half and two pixels a point";
}

// What is in the field of the page, and what the application made of it.
async function composing(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await watched(context, address);
  await start(page, address);
  const session = await context.newCDPSession(page);
  const name = by(page, "textbox", "Name");
  await name.focus();
  await settled(page);
  for (const text of ["k", "か", "かな"]) {
    await session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await page.waitForTimeout(80);
  }
  // Pictures that are painted meanwhile do not break it off.
  if ((await name.inputValue()) !== "かな") throw new Error(`being put together: ${await name.inputValue()}`);
  await session.send("Input.insertText", { text: "仮名" });
  await settled(page);
  // A dead key, and the letter that it makes.
  await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Dead", code: "Quote", windowsVirtualKeyCode: 222 });
  await session.send("Input.dispatchKeyEvent", { type: "keyUp", key: "Dead", code: "Quote" });
  await session.send("Input.imeSetComposition", { text: "´", selectionStart: 1, selectionEnd: 1 });
  await session.send("Input.insertText", { text: "é" });
  await page.keyboard.type("!x");
  await page.keyboard.press("Backspace");
  await settled(page);
  if ((await name.inputValue()) !== "仮名é!") throw new Error(`the field has ${await name.inputValue()}`);
  // Copied from the field, and pasted into the middle of itself.
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Home");
  await page.keyboard.press("Control+v");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+v");
  await settled(page);
  const wanted = "仮名é!仮名é!";
  if ((await name.inputValue()) !== wanted) throw new Error(`after pasting the field has ${await name.inputValue()}`);
  await press(page, "radio", /Health Advisor$/);
  await press(page, "button", "Straight to my desk");
  // The application has what the field had.
  await by(page, "button", `${wanted}: profile and finish shift`).waitFor({ state: "attached", timeout: QUICK });
  if (page.faults.length) throw new Error(page.faults.join("\n"));
  await context.close();
}

// Real windows: what Chromium emulates of a fine screen does not reach a canvas.
async function sizes(address) {
  for (const scale of [1, 1.5, 2]) {
    const browser = await launch(null, [`--force-device-scale-factor=${scale}`, "--window-size=1300,950"]);
    const context = await browser.newContext({ viewport: null });
    const page = await watched(context, address);
    await start(page, address);
    await signUp(page, "Wren", "Health Advisor");
    const session = await context.newCDPSession(page);
    const { windowId } = await session.send("Browser.getWindowForTarget");
    for (const [width, height] of [[1440, 950], [900, 760]]) {
      await session.send("Browser.setWindowBounds", { windowId, bounds: { width, height } });
      await page.waitForFunction(([width, scale]) => {
        const canvas = document.getElementById("picture");
        const fits = (pixels, points) => Math.abs(pixels - points * scale) <= 1;
        return Math.abs(innerWidth - width) < 40 && fits(canvas.width, innerWidth) && fits(canvas.height, innerHeight);
      }, [width, scale], { timeout: QUICK });
      await settled(page);
      await click(page, "Settings");
      await by(page, "heading", "Settings", { level: 1 }).waitFor({ state: "attached", timeout: QUICK });
      await click(page, "Desk");
      await by(page, "heading", "Settings", { level: 1 }).waitFor({ state: "detached", timeout: QUICK });
    }
    if (scale === 1) await larger(page);
    if (page.faults.length) throw new Error(page.faults.join("\n"));
    await browser.close();
  }
}

// By the mouse, on the picture, where its element lies.
async function click(page, name) {
  await settled(page);
  const box = await by(page, "button", name, { exact: true }).first().boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await settled(page);
  await page.mouse.down();
  await page.mouse.up();
  await settled(page);
}

// Text at 200 %: elements lie where the widgets are.
async function larger(page) {
  await toSettings(page);
  await press(page, "radio", "200 %");
  await click(page, "Calls");
  await by(page, "heading", "Calls", { level: 1 }).waitFor({ state: "attached", timeout: QUICK });
}
