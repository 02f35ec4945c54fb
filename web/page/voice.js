// The voices of a call: its pack, fetched when it is opened; its clips, decoded and played through WebAudio.
//
// What is played and when is decided in `src/app/voice`. Without sound, or when something fails, the call goes on as
// captions: nothing in here ever stops the page.

const RATE = 16000; // a telephone line has no more
const FADE = 0.03; // seconds in which a voice that is cut goes silent
const DECODED = 24; // clips that are kept ready

const [CLOSED, COMING, HERE, NONE, FAILED] = [0, 1, 2, 3, 4];

let wakeUp = () => {};
let stretch = (samples) => samples;
let context = null, loudness = null, percent = 100;
let held = true;
let opened = null; // the call: the name of its pack, the pack, whether it was given away, what was decoded
let playing = null;
let sounding = null; // a sound of the line
let timer = null;
let catalogue = null;

export const wakeWith = (closure) => (wakeUp = closure);
export const stretch_with = (closure) => (stretch = closure);

// The user has pressed Start: from now on the browser lets us be heard.
export function begin() {
  if (context !== null || typeof AudioContext !== "function" || typeof OfflineAudioContext !== "function") return;
  try {
    context = new AudioContext({ latencyHint: "interactive" });
    loudness = new GainNode(context, { gain: percent / 100 });
    loudness.connect(context.destination);
    context.resume().then(settle, () => {});
    document.addEventListener("visibilitychange", settle);
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
  if (context === null) return;
  // A voice that waits must not be heard while something else is.
  if (playing?.state === HERE && sounding !== null && now) stop();
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
    const buffer = new AudioBuffer({ length: samples.length, numberOfChannels: 1, sampleRate: RATE });
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer, loop: again });
    source.connect(loudness);
    source.onended = () => {
      source.disconnect();
      if (sounding !== source) return;
      sounding = null;
      settle();
    };
    source.start();
    sounding = source;
  }
  settle();
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

export function open(name) {
  close();
  const call = { name, state: COMING, pack: null, given: false, decoded: new Map() };
  opened = call;
  const load = async () => {
    const one = await listed(name);
    if (one !== undefined) call.pack = await fetchPack(name, one);
    call.state = one !== undefined ? HERE : NONE;
  };
  load().catch((error) => {
    call.state = FAILED;
    console.warn(`The voice of this call could not be fetched: ${error.message}`);
  }).then(() => {
    if (opened === call) wakeUp();
  });
}

export function close() {
  stop();
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

async function decode(bytes, speed) {
  const line = new OfflineAudioContext(1, 1, RATE);
  const heard = await line.decodeAudioData(bytes);
  const samples = speed === 100 ? heard.getChannelData(0) : stretch(heard.getChannelData(0), speed);
  const buffer = new AudioBuffer({ length: Math.max(samples.length, 1), numberOfChannels: 1, sampleRate: RATE });
  buffer.copyToChannel(samples, 0);
  return buffer;
}

// Start and end of each clip: a promise of what is heard.
function ready(clips, speed) {
  const { pack, decoded } = opened;
  const all = [];
  for (let n = 0; n + 1 < clips.length; n += 2) {
    const [start, end] = clips.slice(n, n + 2);
    const name = `${start} ${speed}`;
    const known = decoded.get(name) ?? decode(pack.slice(start, end).buffer, speed);
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
  stop();
  if (context === null || opened === null) return;
  settle();
  const due = context.currentTime + Math.max(begins, 0) / 1000;
  const now = { state: COMING, speed, from: 0, sources: [], gain: null };
  playing = now;
  ready(clips, speed).then((buffers) => {
    if (playing !== now) return;
    now.gain = new GainNode(context);
    now.gain.connect(loudness);
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

export function stop() {
  if (playing?.state === HERE) {
    const { gain, sources } = playing;
    gain.gain.setTargetAtTime(0, context.currentTime, FADE / 3);
    for (const source of sources) source.stop(context.currentTime + FADE);
  }
  playing = null;
}

// How far it is heard, in milliseconds of the recording; -1: not yet, -2: not at all, infinite: to its end.
export function position() {
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
