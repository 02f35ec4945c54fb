// The voices of a call: its pack, fetched when it is opened; its clips, decoded and played through WebAudio.
//
// What is played and when is decided in `src/app/voice`. Without sound, or when something fails, the call goes on as
// captions: nothing in here ever stops the page.

const RATE = 16000; // a telephone line has no more
const FADE = 0.03; // seconds in which a voice that is cut goes silent
const DECODED = 24; // clips that are kept ready

const [CLOSED, COMING, HERE, NONE, FAILED] = [0, 1, 2, 3, 4];

let wakeUp = () => {};
let carry = (samples) => samples;
let context = null, loudness = null, percent = 100;
let call = null; // all that comes from the other end: still while the call is
let held = true;
let opened = null; // the call: the name of its pack, the pack, whether it was given away, what was decoded
let playing = null;
let sounding = null; // a sound of the line
let goesOn = null; // what is heard behind whoever speaks
let saying = null; // the system's voice
const besides = new Set(); // what is heard beside whoever speaks
let hushed = 0; // how often that was ended: what was being made ready before is not wanted
let timer = null;
let catalogue = null;

export const wakeWith = (closure) => (wakeUp = closure);
export const carry_with = (closure) => (carry = closure);

// The user has pressed Start: from now on the browser lets us be heard.
export function begin() {
  if (context !== null || typeof AudioContext !== "function" || typeof OfflineAudioContext !== "function") return;
  try {
    context = new AudioContext({ latencyHint: "interactive" });
    loudness = new GainNode(context, { gain: percent / 100 });
    loudness.connect(context.destination);
    call = new GainNode(context, { gain: held ? 0 : 1 });
    call.connect(loudness);
    context.resume().then(settle, () => {});
    document.addEventListener("visibilitychange", () => {
      // The system's voice knows nothing of pages that are out of sight; the rest of its line is read.
      if (document.hidden && saying !== null) stop(0);
      settle();
    });
  } catch (error) {
    console.warn(`Rightcall cannot be heard here: ${error.message}`);
    context = null;
  }
}

export const can_be_heard = () => context !== null;

// Time stands still for the voice whenever it does for the call.
function settle() {
  const wanted = (!held || sounding !== null) && !document.hidden;
  const change = wanted === (context.state === "running") ? null : wanted ? context.resume() : context.suspend();
  change?.catch(() => {});
}

export function hold(now) {
  held = now;
  // The system's voice cannot go on in the middle of a line: that is read.
  if (now && saying !== null) stop(0);
  if (context === null) return;
  // A voice that waits must not be heard while something else is.
  if (playing?.state === HERE && sounding !== null && now) stop(0);
  call.gain.setTargetAtTime(now ? 0 : 1, context.currentTime, FADE / 3);
  // What has just been cut goes silent first.
  if (now && playing === null) setTimeout(settle, 2000 * FADE);
  else settle();
}

export function volume(now) {
  percent = now;
  loudness?.gain.setTargetAtTime(now / 100, context.currentTime, 0.02);
}

// A sound of the line, at the rate of the line: beside the voice, once or again and again; without samples, none.
export function sound(samples, again) {
  if (context === null) return;
  const before = sounding;
  sounding = null;
  before?.stop();
  if (samples.length > 0) {
    const source = begun(samples, again, loudness);
    source.onended = () => {
      source.disconnect();
      if (sounding !== source) return;
      sounding = null;
      settle();
    };
    sounding = source;
  }
  settle();
}

function bufferOf(samples) {
  const buffer = new AudioBuffer({ length: Math.max(samples.length, 1), numberOfChannels: 1, sampleRate: RATE });
  buffer.copyToChannel(samples, 0);
  return buffer;
}

// Samples at the rate of the line, heard from now on.
function begun(samples, loop, to) {
  const source = new AudioBufferSourceNode(context, { buffer: bufferOf(samples), loop });
  source.connect(to);
  source.onended = () => source.disconnect();
  source.start();
  return source;
}

// Heard again and again behind whoever speaks, in place of what was; without samples, nothing.
export function behind(samples) {
  goesOn?.stop();
  goesOn = context !== null && samples.length > 0 ? begun(samples, true, call) : null;
}

// Heard once, beside whoever speaks.
export function beside_samples(samples) {
  if (context === null || samples.length === 0) return;
  const source = new AudioBufferSourceNode(context, { buffer: bufferOf(samples) });
  isBeside(source, call);
  source.start();
}

function isBeside(source, to) {
  source.connect(to);
  besides.add(source);
  source.onended = () => {
    source.disconnect();
    besides.delete(source);
  };
}

// Nothing is heard beside any more: what follows is something else.
export function hush() {
  hushed += 1;
  for (const source of besides) source.stop();
}

export function beside(clips, speed) {
  if (context === null || opened === null) return;
  const to = call;
  const before = hushed;
  ready(clips, speed).then((buffers) => {
    if (hushed !== before) return;
    let at = context.currentTime;
    for (const buffer of buffers) {
      const source = new AudioBufferSourceNode(context, { buffer });
      isBeside(source, to);
      source.start(at);
      at += buffer.duration;
    }
  }).catch((error) => console.warn(`A line cannot be heard: ${error?.message ?? error}`));
}

// Voices of this machine that speak as people here do. Those of a network would be told what callers say.
const ownVoices = () =>
  (globalThis.speechSynthesis?.getVoices() ?? []).filter(({ localService, lang }) =>
    localService && lang.replace("_", "-").toLowerCase() === "en-gb");

export const can_say = () => context !== null && ownVoices().length > 0;

// The system's voice; how far it is, is known by the time that has passed.
export function say(text, who, speed) {
  stop(0);
  const voices = ownVoices();
  if (voices.length === 0) return;
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voices[who % voices.length];
  words.lang = words.voice.lang;
  words.rate = speed / 100;
  words.volume = percent / 100;
  // Where there is one voice, people differ by pitch.
  words.pitch = [1, 1.2, 0.85, 1.35, 0.75, 1.1, 0.95][who % 7];
  const now = { state: COMING, speed, since: 0 };
  saying = now;
  const become = (state) => () => {
    if (saying !== now) return;
    [now.state, now.since] = [state, performance.now()];
    wakeUp();
  };
  words.onstart = become(HERE);
  words.onend = become(CLOSED);
  words.onerror = become(FAILED);
  speechSynthesis.speak(words);
}

// Which packs there are; one answer for as long as the page is open.
async function listed(name) {
  catalogue ??= fetch(new URL("voices/manifest.json", import.meta.url)).then((answer) => {
    if (!answer.ok) throw new Error(`the server answered ${answer.status} to voices/manifest.json`);
    return answer.json();
  });
  try {
    return (await catalogue).packs[name];
  } catch (error) {
    catalogue = null;
    throw error;
  }
}

async function fetchPack(name, { bytes, blake3 }) {
  // Whoever has the old one must not take it for the new one.
  const answer = await fetch(new URL(`voices/${name}.voices?${blake3.slice(0, 16)}`, import.meta.url));
  const pack = answer.status === 200 ? new Uint8Array(await answer.arrayBuffer()) : null;
  if (pack?.length !== bytes) throw new Error(`voices/${name}.voices did not come whole`);
  return pack;
}

export function open(name, poor) {
  close();
  const now = { name, poor, state: COMING, pack: null, given: false, carried: 0, decoded: new Map() };
  opened = now;
  const load = async () => {
    const one = await listed(name);
    if (one !== undefined) now.pack = await fetchPack(name, one);
    now.carried = now.pack?.length ?? 0;
    now.state = one !== undefined ? HERE : NONE;
  };
  load().catch((error) => {
    now.state = FAILED;
    console.warn(`The voice of this call could not be fetched: ${error.message}`);
  }).then(() => {
    if (opened === now) wakeUp();
  });
}

// A recording of an author's, behind what is in the pack: it has not been through a line.
export function add(recording) {
  if (opened === null) return;
  const before = opened.pack ?? new Uint8Array();
  opened.pack = new Uint8Array(before.length + recording.length);
  opened.pack.set(before);
  opened.pack.set(recording, before.length);
}

export function close() {
  stop(0);
  hush();
  behind([]);
  clearTimeout(timer);
  opened = null;
}

export const fetched = () => opened?.state ?? CLOSED;

// The pack, once.
export function take() {
  if (opened?.state !== HERE || opened.given) return null;
  opened.given = true;
  return opened.pack;
}

async function decode(bytes, speed, poor, raw) {
  const line = new OfflineAudioContext(1, 1, RATE);
  const samples = (await line.decodeAudioData(bytes)).getChannelData(0);
  return bufferOf(speed === 100 && !poor && !raw ? samples : carry(samples, speed, poor, raw));
}

// Start and end of each clip: a promise of what is heard.
function ready(clips, speed) {
  const { pack, decoded, poor, carried } = opened;
  const all = [];
  for (let n = 0; n + 1 < clips.length; n += 2) {
    const [start, end] = clips.slice(n, n + 2);
    const name = `${start} ${speed}`;
    const known = decoded.get(name) ?? decode(pack.slice(start, end).buffer, speed, poor, start >= carried);
    // What was wanted last goes last.
    decoded.delete(name);
    decoded.set(name, known);
    all.push(known);
  }
  for (const name of [...decoded.keys()].slice(0, -DECODED)) decoded.delete(name);
  return Promise.all(all);
}

export function prepare(clips, speed) {
  if (opened !== null) ready(clips, speed).catch(() => {});
}

// The line begins in so many milliseconds; below nought it has begun.
export function play(clips, speed, begins) {
  stop(0);
  if (context === null || opened === null) return;
  settle();
  const due = context.currentTime + Math.max(begins, 0) / 1000;
  const now = { state: COMING, speed, from: 0, sources: [], gain: null };
  playing = now;
  ready(clips, speed).then((buffers) => {
    if (playing !== now) return;
    now.gain = new GainNode(context);
    now.gain.connect(call);
    now.sources = buffers.map((buffer) => new AudioBufferSourceNode(context, { buffer }));
    for (const source of now.sources) source.connect(now.gain);
    now.from = Math.max(due, context.currentTime);
    let at = now.from;
    for (const source of now.sources) {
      source.start(at);
      at += source.buffer.duration;
    }
    now.state = HERE;
    now.sources.at(-1).onended = () => {
      now.gain.disconnect();
      if (playing !== now) return;
      now.state = CLOSED;
      wakeUp();
    };
    wakeUp();
  }).catch((error) => {
    now.state = FAILED;
    console.warn(`A line cannot be heard: ${error?.message ?? error}`);
    if (playing === now) wakeUp();
  });
}

// Silent in so many milliseconds: whoever is cut off says the word to its end.
export function stop(after) {
  if (playing?.state === HERE) {
    const { gain, sources } = playing;
    const end = context.currentTime + after / 1000;
    gain.gain.setTargetAtTime(0, end, FADE / 3);
    for (const source of sources) source.stop(end + FADE);
  }
  playing = null;
  const said = saying;
  saying = null;
  if (said?.state === COMING || said?.state === HERE) speechSynthesis.cancel();
}

// How far it is heard, in milliseconds of the recording; -1: not yet, -2: not at all, infinite: to its end.
export function position() {
  if (saying !== null) {
    if (saying.state === HERE) return (performance.now() - saying.since) * saying.speed / 100;
    return saying.state === COMING ? -1 : saying.state === CLOSED ? Infinity : -2;
  }
  if (playing === null || playing.state === FAILED) return -2;
  if (playing.state === COMING) return -1;
  if (playing.state === CLOSED) return Infinity;
  const late = Math.min(context.outputLatency || 0, 0.5);
  return Math.max(0, context.currentTime - playing.from - late) * 10 * playing.speed;
}

export function wake_in(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(() => wakeUp(), milliseconds);
}
