// The page around the application: loads it with a bar that is true, starts it on a gesture, says what is wrong.

import init from "./rightcall.js";
import { files, total } from "./sizes.js";
import * as mirror from "./mirror.js";
import * as picture from "./picture.js";
import * as store from "./store.js";
import * as voice from "./voice.js";

const $ = (id) => document.getElementById(id);
const state = $("state"), progress = $("progress"), start = $("start"), note = $("note");

let wakeUp = () => {};
let hidden = document.hidden;
let failed = false;
let shown = false; // Start can be seen
let begun = false; // Start was pressed
let open = false; // the application has painted
const dropped = [];

function trouble(words) {
  failed = true;
  console.error(words);
  $("picture").hidden = true;
  $("mirror").hidden = true;
  $("loading").hidden = false;
  progress.hidden = start.hidden = true;
  state.textContent = `Rightcall has stopped. What you did until then is kept, and a call is offered again after reloading.\n\n${words}`;
  if (!$("again")) {
    const again = document.createElement("button");
    again.id = "again";
    again.type = "button";
    again.textContent = "Reload";
    again.onclick = () => location.reload();
    $("loading").append(again);
    // Not at once: the key that set it off would press it.
    setTimeout(() => again.focus(), 500);
  }
}

// Instead of the application: what this browser lacks.
function refuse(words) {
  failed = true;
  state.textContent = words;
  progress.hidden = start.hidden = true;
}

function tell(words, again = false) {
  const before = document.activeElement;
  $("notice-words").textContent = words;
  $("notice-again").hidden = !again;
  $("notice").hidden = false;
  const away = () => {
    $("notice").hidden = true;
    // A button that is hidden keeps the keyboard for a moment, and the next key would be lost on it.
    if (before?.isConnected && before !== document.body) before.focus({ preventScroll: true });
    else document.activeElement?.blur();
  };
  $("notice-away").onclick = away;
  $("notice-again").onclick = () => location.reload();
  $("notice").onkeydown = (event) => {
    // What a handler returns counts: `false` would take the key from the buttons.
    if (event.key === "Escape") away();
  };
  $(again ? "notice-again" : "notice-away").focus();
}

function hasWebGl2() {
  try {
    const probe = document.createElement("canvas").getContext("webgl2");
    if (probe && picture.isSoftware(probe)) picture.confine($("picture"));
    probe?.getExtension("WEBGL_lose_context")?.loseContext();
    return probe !== null;
  } catch {
    return false;
  }
}

const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

// Fetches the application. The sizes were measured when it was built: a server that packs it does not tell.
async function load() {
  const answer = await fetch(new URL("rightcall_bg.wasm", import.meta.url));
  if (!answer.ok) throw new Error(`the server answered ${answer.status} to rightcall_bg.wasm`);
  const size = files["rightcall_bg.wasm"];
  let loaded = 0;
  const counted = answer.body.pipeThrough(new TransformStream({
    transform(piece, out) {
      loaded += piece.byteLength;
      progress.max = size;
      progress.value = loaded;
      state.textContent = `Loading: ${megabytes(loaded)} of ${megabytes(size)} MB`;
      out.enqueue(piece);
    },
  }));
  const response = new Response(counted, { headers: { "Content-Type": "application/wasm" } });
  return WebAssembly.compileStreaming(response);
}

start.addEventListener("click", (event) => {
  start.disabled = begun = true;
  state.textContent = "Starting…";
  // When it was pressed: the application may have kept the page busy since.
  performance.mark("rightcall-pressed", { startTime: event.timeStamp });
  voice.begin();
  // Whoever starts wants to keep what they do.
  navigator.storage?.persist?.();
  reveal();
}, { once: true });

// The application opens behind this page while Start is looked for: it is seen when both have come.
function reveal() {
  if (!begun || !open || failed) return;
  $("loading").hidden = true;
  mirror.show();
  performance.mark("rightcall-seen");
  wakeUp();
}

globalThis.rightcall = {
  mirror: { update: mirror.update, take: mirror.take, composing: mirror.composing, waiting: mirror.waiting },
  store,
  // As it is called from Rust, and looked at by tests.
  voice: { ...voice },
  page: {
    ready() {
      // When it is seen, not when it is asked for.
      requestAnimationFrame(() => setTimeout(() => {
        performance.mark("rightcall-ready");
        shown = true;
      }));
      progress.hidden = true;
      state.textContent = "";
      start.disabled = false;
      start.focus();
    },
    trouble,
    tell: (words) => tell(words),
    is_shown: () => shown,
    opened() {
      open = true;
      performance.mark("rightcall-open");
      reveal();
    },
    wake_with(closure) {
      wakeUp = closure;
      mirror.wakeWith(closure);
      voice.wakeWith(closure);
    },
    wake: () => wakeUp(),
    has_focus: () => document.hasFocus(),
    paints: (areas) => picture.paints([...areas]),
    was_hidden() {
      const was = hidden || document.hidden || !begun;
      hidden = document.hidden;
      return was;
    },
    minutes_from_utc: (at) => -new Date(at).getTimezoneOffset(),
    now: () => Date.now(),
    download(name, contents) {
      const url = URL.createObjectURL(new Blob([contents], { type: "application/x-ndjson" }));
      const link = document.createElement("a");
      link.href = url;
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    },
    choose(kinds) {
      return new Promise((resolve) => {
        const picker = document.createElement("input");
        picker.type = "file";
        picker.accept = kinds;
        picker.onchange = async () => resolve(picker.files[0] ? await read(picker.files[0]) : null);
        picker.oncancel = () => resolve(null);
        picker.click();
      });
    },
    choose_several(kinds) {
      return new Promise((resolve) => {
        const picker = document.createElement("input");
        picker.type = "file";
        picker.multiple = true;
        picker.accept = kinds;
        picker.onchange = async () => {
          const all = [];
          for (const file of picker.files) all.push(await read(file));
          resolve(all.filter(Boolean));
        };
        picker.oncancel = () => resolve([]);
        picker.click();
      });
    },
    pause: () => new Promise((resolve) => setTimeout(resolve)),
    dropped: () => dropped.shift() ?? null,
  },
};

// No file that we take is larger; a larger one is refused before it is read.
const LARGEST = 256 << 20;

// Name and contents; nothing where it cannot be had, and then why is said. A folder is given to us like a file.
async function read(file) {
  if (file.size > LARGEST) return void tell(`${file.name} is larger than ${LARGEST >> 20} MiB, and was not read.`);
  try {
    return [file.name, new Uint8Array(await file.arrayBuffer())];
  } catch {
    tell(`${file.name} cannot be read. If it lies in a cloud, fetch it first.`);
  }
}

// What was dropped, and what lies in folders that were.
async function filesOf(transfer) {
  // Both lists are empty as soon as we wait.
  const plain = [...(transfer?.files ?? [])];
  const entries = [...(transfer?.items ?? [])].map((item) => item.webkitGetAsEntry?.());
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const found = [];
  const into = async (entry, depth) => {
    if (entry?.isFile) {
      found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
    } else if (entry?.isDirectory && depth < 8) {
      const reader = entry.createReader();
      // A reader gives some at a time, and none when there are no more.
      for (;;) {
        const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        if (some.length === 0) break;
        for (const one of some) await into(one, depth + 1);
      }
    }
  };
  try {
    for (const entry of entries) await into(entry, 0);
  } catch {
    tell("The folder cannot be read. Open it, and drop the files in it.");
  }
  return found;
}

function listen() {
  document.addEventListener("visibilitychange", () => {
    hidden ||= document.hidden;
    wakeUp();
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", async (event) => {
    event.preventDefault();
    for (const file of await filesOf(event.dataTransfer)) {
      const contents = await read(file);
      if (contents) dropped.push(contents);
    }
    wakeUp();
  });
  const canvas = $("picture");
  // The keyboard stays with the elements: nothing is to be typed into a picture.
  canvas.addEventListener("mousedown", (event) => event.preventDefault());
  new MutationObserver(() => canvas.removeAttribute("tabindex")).observe(canvas, { attributes: true, attributeFilter: ["tabindex"] });
  canvas.addEventListener("webglcontextlost", () => {
    tell("The browser has taken the graphics away from this page, so nothing can be shown. Everything you did is kept: reload, and a call under way is offered again.", true);
  });
  addEventListener("error", (event) => {
    // winit leaves its caller by throwing this; it is no error.
    if (String(event.message).includes("Using exceptions for control flow")) return;
    if (!failed) trouble(event.message);
  });
  addEventListener("unhandledrejection", (event) => {
    if (String(event.reason?.message ?? event.reason).includes("Using exceptions for control flow")) {
      event.preventDefault();
      return;
    }
    if (!failed) trouble(String(event.reason?.message ?? event.reason));
  });
}

// A newer build waits since the last time: nothing has been started yet, so this page can be it.
function takeNewer(worker) {
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!begun) location.reload();
  });
  worker.postMessage("take over");
}

async function offline() {
  if (!isSecureContext) {
    note.textContent = "This page came over plain http: it works, but it cannot be installed, does not work offline, and the browser may not keep calls when it runs short of room.";
    return;
  }
  if (!navigator.serviceWorker) return;
  try {
    const had = navigator.serviceWorker.controller !== null;
    const registration = await navigator.serviceWorker.register("sw.js");
    if (had && registration.waiting) takeNewer(registration.waiting);
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", (event) => {
        if (event.target.state === "installed" && had) $("update").hidden = false;
      });
    });
  } catch (error) {
    note.textContent = `Rightcall cannot be kept for use offline here: ${error.message}`;
  }
  $("update-away").onclick = () => ($("update").hidden = true);
}

async function run() {
  if (typeof WebAssembly !== "object" || !WebAssembly.compileStreaming) {
    refuse("This browser cannot run WebAssembly, which Rightcall is made of. A current Firefox, Chrome, Edge or Safari can; on a managed machine ask whoever looks after it whether WebAssembly is switched off.");
    return;
  }
  if (!hasWebGl2()) {
    refuse("This browser gives pages no WebGL 2, with which Rightcall paints. Switch hardware acceleration on in the browser's settings, or use a current Firefox, Chrome, Edge or Safari.");
    return;
  }
  listen();
  state.textContent = `Loading: 0.0 of ${megabytes(total)} MB`;
  try {
    const module = await load();
    await init({ module_or_path: module });
  } catch (error) {
    if (!String(error?.message ?? error).includes("Using exceptions for control flow")) {
      refuse(`Rightcall could not be loaded: ${error?.message ?? error}. Check the connection and reload the page.`);
    }
  }
}

offline();
run();
