// Loading and answering, cold, in headless Chromium; the aims are those of the design.

import { by, launch, settled, start, watched } from "./browser.mjs";
import { signUp, toCalls } from "./hands.mjs";

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const p95 = (list) => [...list].sort((a, b) => a - b)[Math.ceil(list.length * 0.95) - 1];

export async function times(site) {
  const ready = [], open = [], seen = [];
  let typed = [], longest = 0, still = 0, faults = [];
  for (let n = 0; n < 3; n++) {
    const browser = await launch();
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await watched(context, site.address);
    await start(page, site.address);
    const marks = await page.evaluate(() => Object.fromEntries(performance.getEntriesByType("mark").map((mark) => [mark.name, mark.startTime])));
    ready.push(marks["rightcall-ready"]);
    // The application opens behind the page meanwhile: for whoever presses Start as soon as it is seen, this is left.
    open.push(Math.max(marks["rightcall-open"] - marks["rightcall-ready"], 0));
    seen.push(marks["rightcall-seen"] - marks["rightcall-pressed"]);
    if (n === 0) {
      await settled(page);
      ({ typed, longest } = await keys(page));
      still = await idle(page);
    }
    faults.push(...page.faults);
    await browser.close();
  }
  if (faults.length) throw new Error(faults.join("\n"));
  return `Start after ${median(ready).toFixed(0)} ms, screen ${median(open).toFixed(0)} ms after Start if it is pressed as soon as it is seen, ${median(seen).toFixed(0)} ms if pressed by the test; key to painted character p95 ${p95(typed).toFixed(0)} ms, longest ${longest.toFixed(0)} ms; nothing moving: ${still.toFixed(2)} % of the main thread`;
}

// How much of the main thread the calls take while nothing moves and a field has the keyboard, in percent.
async function idle(page) {
  const name = by(page, "textbox", "Name");
  await name.fill("");
  await signUp(page, "Wren", "Health Advisor");
  await toCalls(page);
  await by(page, "textbox", "Find a call").focus();
  // Everything is painted once more when nothing has moved for a while.
  await page.waitForTimeout(12_000);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const busy = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration").value;
  };
  const before = await busy();
  await page.waitForTimeout(10_000);
  return ((await busy()) - before) * 10;
}

// From a key to the end of the frame that has taken the character from the page's field into the widget.
async function keys(page) {
  await page.locator("#mirror").getByRole("textbox", { name: "Name" }).focus();
  await settled(page);
  await page.evaluate(() => {
    globalThis.typed = [];
    const taken = globalThis.rightcall.mirror.take;
    let since = null;
    addEventListener("keydown", () => (since ??= performance.now()), true);
    globalThis.rightcall.mirror.take = () => {
      const json = taken();
      if (json.includes('"Edit"') && since !== null) {
        const from = since;
        since = null;
        // The frame that takes it paints it; the next one comes when that is on the screen.
        requestAnimationFrame(() => globalThis.typed.push(performance.now() - from));
      }
      return json;
    };
  });
  for (const letter of "the quick brown fox jumps over the lazy dog") {
    await page.keyboard.press(letter === " " ? "Space" : letter);
    await page.waitForTimeout(120);
  }
  const typed = await page.evaluate(() => globalThis.typed);
  if (typed.length < 30) throw new Error(`only ${typed.length} keys were taken`);
  return { typed, longest: Math.max(...typed) };
}
