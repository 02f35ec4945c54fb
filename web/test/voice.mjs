// A call taken with sound: every line of the caller decoded and played to its end, and the words in time with it.

import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, by, host, launch, press, settled, start, watched } from "./browser.mjs";
import { QUICK, goOn, shown, signIn, signUp, takeCall, toSettings, transcript } from "./hands.mjs";
import { withTones } from "./tones.mjs";

const SLUG = "throat-plain", NUMBER = "0446";
// Milliseconds.
const SOON = 150, IN_TIME = 200;

// Every source of sound, as the browser has it, and every word of a caption, as the page has it.
function instrument() {
  const heard = (globalThis.heard = []);
  // What rings and what connects is no voice: it goes on and on, or is over in a tenth of a second.
  const line = (globalThis.line = []);
  const { start } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (when = 0) {
    const { context, buffer } = this;
    const samples = buffer.getChannelData(0);
    const loud = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    const one = { at: performance.now(), lead: (when - context.currentTime) * 1000, when, long: buffer.duration, loud, loop: this.loop, state: context.state, ended: null };
    (one.loop || one.long < 0.1 ? line : heard).push(one);
    this.addEventListener("ended", () => (one.ended = context.currentTime));
    globalThis.sound = context;
    return start.apply(this, arguments);
  };
  globalThis.captions = [];
  globalThis.asked = [];
}

// When a line was to begin, and what a caption says from when on.
const watch = (page) => page.evaluate(() => {
  const { voice, mirror } = globalThis.rightcall;
  const { play } = voice;
  voice.play = (clips, speed, begins) => {
    globalThis.asked.push({ at: performance.now(), begins });
    return play(clips, speed, begins);
  };
  const { update } = mirror;
  mirror.update = (json) => {
    update(json);
    const at = performance.now();
    for (const { textContent } of document.querySelectorAll("#mirror span")) {
      if (/^\p{L}+: /u.test(textContent)) globalThis.captions.push({ at, words: textContent });
    }
  };
});

const here = (page, wanted = 2) => page.waitForFunction((wanted) => globalThis.rightcall.voice.fetched() === wanted, wanted, { timeout: QUICK });
// What sounds or has sounded: what was planned and not wanted any more has ended before it began.
const heard = (page) => page.evaluate(() => globalThis.heard.filter((one) => one.when <= (one.ended ?? globalThis.sound.currentTime)));

async function say(page, words) {
  const field = by(page, "combobox", "Ask or say");
  await field.focus();
  await settled(page);
  await page.keyboard.type(words);
  await page.waitForFunction((words) => document.activeElement?.value === words, words, { timeout: QUICK });
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-expanded") === "true", null, { timeout: QUICK });
  await settled(page);
  await page.keyboard.press("Enter");
}

// Waits until somebody begins to be heard; how many sources there have been by then.
async function begins(page, before) {
  const sounds = (n) => globalThis.heard.filter((one) => one.when <= (one.ended ?? globalThis.sound.currentTime)).length > n;
  await page.waitForFunction(sounds, before, { timeout: QUICK });
  return (await heard(page)).length;
}

// The line that was heard out last; an exam hides what was said before one's own last line.
const lastLine = async (page) => (await transcript(page)).filter((words) => !/^\d\d:\d\d \[/.test(words)).at(-1) ?? "";

// Until somebody else than before has been heard to the end of their line, and whatever sounded with it.
async function heardOut(page, before) {
  const answered = (before) => {
    // Captions of sounds are in brackets.
    const lines = [...document.querySelectorAll("#mirror [role=log] p")].map((line) => line.textContent ?? "");
    const words = lines.filter((words) => !/^\d\d:\d\d \[/.test(words)).at(-1) ?? "";
    return words !== "" && words !== before && !/^\d\d:\d\d You:/.test(words);
  };
  await page.waitForFunction(answered, before, { timeout: QUICK });
  await page.waitForFunction(() => globalThis.heard.every((one) => one.ended !== null), null, { timeout: QUICK });
}

async function exam(page) {
  await toSettings(page);
  await press(page, "radio", /^Exam$/);
}

export async function voice(dist, out) {
  const folder = mkdtempSync(join(out, "tones-"));
  const begin = withTones(dist, folder, SLUG);
  const site = await host(folder);
  const context = await launch(mkdtempSync(join(out, "profile-")));
  await context.addInitScript(instrument);
  const page = await watched(context, site.address, ["ERR_INTERNET_DISCONNECTED"]);
  const asked = [];
  page.on("request", (request) => asked.push(request.url().slice(site.address.length)));
  await start(page, site.address);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: QUICK });
  await signUp(page, "Wren", "Health Advisor");
  if (asked.some((name) => name.startsWith("voices/"))) throw new Error("voices come with the page");
  await exam(page);
  await watch(page);
  await takeCall(page, NUMBER);
  await here(page);
  const voices = asked.filter((name) => name.startsWith("voices/"));
  if (voices.length !== 2) throw new Error(`the call asked for ${voices}`);
  const line = await page.evaluate(() => globalThis.line);
  if (line.filter(({ loop }) => !loop).length !== 1) throw new Error(`a call is connected once, and this sounded: ${JSON.stringify(line)}`);
  // What rings is three seconds long, what goes on behind the caller twelve.
  const goesOn = line.filter(({ loop, ended }) => loop && ended === null);
  if (goesOn.some(({ long }) => long < 5)) throw new Error("it rings on in the call");
  asked.length = 0;
  const faults = await accessible(page, "call, with sound");
  const said = await talk(page);
  await behind(page);
  const worst = await captions(page, begin);
  await cutIn(page);
  await standsStill(page);
  await muted(page);
  // The browser looks for the icon of a page when it likes.
  const more = asked.filter((name) => name !== "icon.svg");
  if (more.length) throw new Error(`during the call ${more} were asked for`);
  await withoutNetwork(context, page, site);
  await replayed(page);
  if (faults.length) throw new Error(faults.join("\n"));
  if (page.faults.length) throw new Error(page.faults.join("\n"));
  await context.close();
  site.close();
  await unrecorded(dist, out);
  return `${said.lines} lines played to their end, heard ${said.latest.toFixed(0)} ms after they began at the latest; words within ${worst.toFixed(0)} ms of the voice; cut in, paused, muted, replayed, and heard without a network; an author's recording and the system's voice where there is no clip`;
}

// A call of an author's own, without clips: the opening is a recording, the rest is spoken by a voice of this machine.
function instrumentSpeech() {
  const said = (globalThis.said = []);
  const local = [{ name: "Here", lang: "en-GB", localService: true }, { name: "Far", lang: "en-GB", localService: false }];
  globalThis.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  speechSynthesis.getVoices = () => local;
  let speaking = null;
  speechSynthesis.speak = (words) => {
    const one = { text: words.text, voice: words.voice.name, rate: words.rate, begun: null, ended: null, cut: false };
    said.push(one);
    setTimeout(() => {
      one.begun = performance.now();
      words.onstart();
    }, 150);
    speaking = { one, timer: setTimeout(() => {
      one.ended = performance.now();
      words.onend();
    }, 150 + 250 * words.text.split(" ").length) };
  };
  speechSynthesis.cancel = () => {
    clearTimeout(speaking?.timer);
    if (speaking?.one.ended === null) speaking.one.cut = true;
  };
}

// A second and a half of a tone, 16 bits at 8 kHz.
function recording() {
  const samples = 12000;
  const bytes = Buffer.alloc(44 + samples * 2);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(36 + samples * 2, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8000, 24);
  bytes.writeUInt32LE(16000, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(samples * 2, 40);
  for (let n = 0; n < samples; n++) bytes.writeInt16LE(Math.round(9000 * Math.sin(2 * Math.PI * 600 * n / 8000)), 44 + 2 * n);
  return bytes;
}

async function dropped(page, name, bytes) {
  await page.evaluate(([name, base64]) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name));
    dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true }));
  }, [name, Buffer.from(bytes).toString("base64")]);
  const notice = page.getByRole("alertdialog");
  await notice.waitFor({ timeout: QUICK });
  const words = await notice.innerText();
  if (!/is heard where|is sound/.test(words)) throw new Error(words);
  await notice.getByRole("button", { name: "Close" }).press("Enter");
  await notice.waitFor({ state: "hidden" });
}

async function unrecorded(dist, out) {
  const opening = "My throat's that sore I can hardly swallow. I just want to know if the chemist can give me something.";
  const own = readFileSync(new URL(`../../scenarios/${SLUG}.ron`, import.meta.url), "utf8")
    .replace(/\n    variants: \[\n[^]*?\n    \],\n/, "\n").replace(`id: "${SLUG}"`, 'id: "own-throat"').replace(/number: \d+/, "number: 9046").replace("    heard: [", `    heard: [(text: "${opening}", audio: "opening.wav"), `);
  const site = await host(dist);
  const context = await launch(mkdtempSync(join(out, "profile-")));
  await context.addInitScript(instrument);
  await context.addInitScript(instrumentSpeech);
  const page = await watched(context, site.address);
  await start(page, site.address);
  await signUp(page, "Wren", "Health Advisor");
  await dropped(page, "opening.wav", recording());
  await dropped(page, "own-throat.ron", own);
  await settled(page);
  await takeCall(page, "9046");
  await begins(page, 0);
  await stopped(page, QUICK);
  const [first] = await heard(page);
  if (Math.abs(first.long - 1.5) > 0.02 || !isWhole(first)) throw new Error(`the recording was heard as ${JSON.stringify(first)}`);
  for (const words of ["awake", "breathing now"]) {
    const before = await page.evaluate(() => globalThis.said.length);
    await say(page, words);
    await page.waitForFunction((before) => globalThis.said.length > before && globalThis.said.at(-1).ended !== null, before, { timeout: QUICK });
  }
  const said = await page.evaluate(() => globalThis.said);
  if (said.some(({ voice }) => voice !== "Here")) throw new Error(`a voice of a network speaks: ${JSON.stringify(said)}`);
  // Cut in, it falls silent.
  await say(page, "temperature");
  await page.waitForFunction((before) => globalThis.said.length > before && globalThis.said.at(-1).begun !== null, said.length, { timeout: QUICK });
  await page.keyboard.press("F9");
  await page.waitForFunction(() => globalThis.said.at(-1).cut || globalThis.said.at(-1).ended !== null, null, { timeout: QUICK });
  if (page.faults.length) throw new Error(page.faults.join("\n"));
  await context.close();
  site.close();
}

// The opening by itself, then questions: each answer is played, whole and in its order.
async function talk(page) {
  await heardOut(page, "");
  for (const words of ["awake", "breathing now", "callback number", "rash"]) {
    const before = (await heard(page)).length;
    const line = await lastLine(page);
    await say(page, words);
    await begins(page, before);
    await heardOut(page, line);
    await page.waitForTimeout(300);
  }
  const all = await heard(page);
  for (const one of all) {
    if (one.state !== "running") throw new Error(`the context is ${one.state}`);
    if (one.loud < 0.05) throw new Error(`silence was played: ${one.loud}`);
    const played = one.ended - one.when;
    if (played < one.long - 0.02) throw new Error(`of ${one.long} s ${played} s were played`);
  }
  const lines = await page.evaluate(() => globalThis.asked);
  // From the beginning of the line until it sounds.
  // The opening may begin while its voice is still on its way: the others are ready before their time.
  const firsts = lines.filter(({ begins }, n) => n > 0 || begins >= 0).map(({ at, begins }) => {
    const first = all.find((one) => one.at >= at && one.at < at + 1000);
    return first ? first.at + Math.max(first.lead, 0) - (at + begins) : 0;
  });
  const latest = Math.max(...firsts);
  if (latest > SOON) throw new Error(`a line was heard ${latest} ms after it had begun: ${firsts.map(Math.round)}`);
  // The opening may have come before its voice.
  if (lines.length < 4) throw new Error(`${lines.length} lines were played, and four questions answered`);
  return { lines: lines.length, latest };
}

// In a small window the last words stand under the record, in an exam as far as they have been spoken: each is to be
// there when it is heard.
async function captions(page, begin) {
  await page.setViewportSize({ width: 640, height: 480 });
  await settled(page);
  let worst = 0, words = 0;
  for (const question of ["temperature", "how long"]) {
    await press(page, "tab", "Call");
    const before = (await heard(page)).length;
    await say(page, question);
    await page.evaluate(() => (globalThis.captions.length = 0));
    await press(page, "tab", "Record");
    await begins(page, before);
    // The transcript is under the other tab.
    await stopped(page, QUICK);
    await page.waitForTimeout(600);
    const found = late(await page.evaluate(() => globalThis.captions), (await heard(page)).slice(before), begin);
    worst = Math.max(worst, ...found.map(Math.abs));
    words += found.length;
    if (worst > IN_TIME) throw new Error(`words are shown ${found.map(Math.round)} ms after they are heard`);
  }
  if (words < 12) throw new Error(`only ${words} words were watched`);
  await press(page, "tab", "Call");
  await page.setViewportSize({ width: 1440, height: 900 });
  await settled(page);
  return worst;
}

// By how many milliseconds each word is shown after it is heard.
function late(captions, sources, begin) {
  const others = captions.filter(({ words }) => !words.startsWith("You:")).map(({ at, words }) => ({ at, words: words.replace(/^\p{L}+: /u, "") }));
  // The first line of them: somebody may go on by themselves afterwards.
  const until = others.findIndex(({ words }, n) => n > 0 && !words.startsWith(others[n - 1].words));
  const shown = until < 0 ? others : others.slice(0, until);
  const text = shown.at(-1)?.words ?? "";
  const clips = begin.has(text) ? [text] : [...begin.keys()].filter((lead) => text.startsWith(`${lead} `) && begin.has(text.slice(lead.length + 1))).slice(0, 1).flatMap((lead) => [lead, text.slice(lead.length + 1)]);
  if (clips.length === 0 || clips.length > sources.length) throw new Error(`${JSON.stringify(text)} was heard as ${sources.length} clips`);
  const sounds = clips.flatMap((clip, n) => begin.get(clip).map((at) => sources[n].at + sources[n].lead + at));
  const found = [];
  for (let n = 0; n < sounds.length; n++) {
    const first = shown.find(({ words }) => words.split(" ").length > n);
    const seen = first && shown.some(({ at, words }) => at < first.at && words.split(" ").length === n);
    // What stood there when the tab was opened was not seen to come.
    if (seen) found.push(first.at - sounds[n]);
  }
  return found;
}

// Cups behind a door, as long as the call goes on; not on hold.
async function behind(page) {
  const sounds = (wanted) => page.waitForFunction((wanted) =>
    globalThis.line.filter(({ loop, ended, loud }) => loop && ended === null && loud > 0.001).length === wanted, wanted, { timeout: QUICK });
  await sounds(1);
  await say(page, "/hold");
  await by(page, "button", "Take them off hold").waitFor({ state: "attached", timeout: QUICK });
  await sounds(0);
  await press(page, "button", "Take them off hold");
  await sounds(1);
  await stopped(page, QUICK);
  await page.waitForTimeout(300);
}

async function last(page) {
  return (await heard(page)).at(-1);
}

const stopped = (page, most) => page.waitForFunction(() => globalThis.heard.every((one) => one.ended !== null), null, { timeout: most });

async function begun(page, words) {
  const before = (await heard(page)).length;
  await say(page, words);
  return begins(page, before);
}

function isWhole(one) {
  return one.ended - one.when > one.long - 0.02;
}

async function cutIn(page) {
  for (const words of ["what brought it on", "medicines", "allergies", "other illness"]) {
    await begun(page, words);
    await page.keyboard.type("/interrupt");
    await page.waitForFunction(() => document.activeElement?.value === "/interrupt", null, { timeout: QUICK });
    await page.keyboard.press("Enter");
    await stopped(page, QUICK);
    await settled(page);
    if (!isWhole(await last(page))) return;
  }
  throw new Error("nobody could be cut short");
}

async function standsStill(page) {
  const held = (wanted) => page.waitForFunction((wanted) => globalThis.sound.state === wanted, wanted, { timeout: QUICK });
  const line = await lastLine(page);
  await begun(page, "swollen");
  await page.keyboard.press("F9");
  await held("suspended");
  await page.waitForTimeout(4000);
  if ((await last(page)).ended !== null) throw new Error("the voice goes on in a pause");
  await page.keyboard.press("F9");
  await held("running");
  // Out of sight, too.
  const hide = (hidden) => page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  await hide(true);
  await held("suspended");
  await page.waitForTimeout(1500);
  await hide(false);
  await held("running");
  await heardOut(page, line);
  if (!isWhole(await last(page))) throw new Error(`after a pause ${JSON.stringify(await last(page))} was not played to its end`);
}

async function muted(page) {
  await settled(page);
  await begun(page, "pregnant");
  await page.keyboard.press("F8");
  await stopped(page, 3000);
  await by(page, "button", "Sound on", { exact: true }).waitFor({ state: "attached", timeout: QUICK });
  const before = (await heard(page)).length;
  const line = await lastLine(page);
  await say(page, "name");
  await heardOut(page, line);
  if ((await heard(page)).length !== before) throw new Error("somebody is heard although sound is off");
  await press(page, "button", "Sound on", { exact: true });
  await begun(page, "swallow");
  await stopped(page, QUICK);
}

// Kept with the call: after reloading without a network it is heard as before.
async function withoutNetwork(context, page, site) {
  await context.setOffline(true);
  await start(page, site.address);
  await signIn(page, "Wren");
  await goOn(page);
  if (await by(page, "button", /^Go on/).count()) await page.keyboard.press("F9");
  await here(page);
  await begun(page, "drinking");
  await stopped(page, QUICK);
  if (!isWhole(await last(page))) throw new Error("without a network a line is not heard to its end");
}

async function replayed(page) {
  await say(page, "/break");
  await press(page, "button", "Break off");
  await by(page, "heading", "How was that?").waitFor({ state: "attached", timeout: QUICK });
  await page.keyboard.press("4");
  await settled(page);
  await press(page, "button", "Show me the call");
  await by(page, "heading", "The call").waitFor({ state: "attached", timeout: QUICK });
  await settled(page);
  const before = (await heard(page)).length;
  await press(page, "button", /^Replay from/);
  await begins(page, before);
  await shown(page, /^Playing \d\d:\d\d$/);
  await press(page, "button", "Stop");
  await stopped(page, 5000);
}
