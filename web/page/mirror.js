// Real elements at the places of the widgets: the keyboard, the text and the screen reader's page.
//
// `src/app/web/mirror.rs` says what there is; what is done here waits in a queue until it takes it.

const root = document.getElementById("mirror");
// The rail stands beside what it leads to, as landmarks do.
const page = document.createElement("main");
page.id = "screen";
root.append(page);

const FIELDS = new Set(["text", "area", "password", "editcombo"]);
const TAGS = { heading: (e) => `h${Math.min(e.level ?? 2, 6)}`, button: () => "button", combo: () => "button", text: () => "input", editcombo: () => "input", password: () => "input", area: () => "textarea", label: () => "span", navigation: () => "nav", region: () => "section" };
const HOLDERS = new Set(["navigation", "main", "region", "group", "dialog", "log", "list", "listitem", "listbox", "radiogroup", "tablist", "table", "grid", "row", "cell", "columnheader", "rowheader"]);
const SAME_ROLE = new Set(["checkbox", "switch", "radio", "tab", "link", "slider", "spinbutton", "status", "alert", "option", "listitem", "group", "dialog", "log", "list", "listbox", "radiogroup", "tablist", "table", "grid", "row", "cell", "columnheader", "rowheader", "gridcell", "img"]);

const elements = new Map(); // id → { node, data }
let order = [];
let queue = [];
let wake = () => {};
let chords = new Set();
let listening = false;
let ours = false; // the keyboard is being moved by us
let isComposing = false;
let composed = null; // text of the field when the input method began

export const wakeWith = (closure) => (wake = closure);
// Something was done and has not been taken.
export const waiting = () => queue.length > 0;
export const composing = () => isComposing;

export function take() {
  if (queue.length === 0) return "";
  const json = JSON.stringify(queue);
  queue = [];
  return json;
}

function tell(done) {
  queue.push(done);
  wake();
}

// ---- from the widgets to the page

export function update(json) {
  const news = JSON.parse(json);
  for (const data of news.set) set(data);
  if (news.order) arrange(news.order);
  for (const data of news.set) refer(data);
  if (news.log) log(news.log);
  if (news.chords) chords = new Set(news.chords);
  listening = news.listening;
  if (news.settled && queue.length === 0) settle(news.focus);
}

function shape(data) {
  return `${data.role}${data.role === "heading" ? data.level : ""}`;
}

function set(data) {
  let known = elements.get(data.id);
  if (!known || known.shape !== shape(data)) {
    const node = document.createElement(TAGS[data.role]?.(data) ?? "div");
    node.id = `n${data.id}`;
    known?.node.replaceWith(node);
    for (const child of known ? [...known.node.children] : []) node.append(child);
    known = { node, shape: shape(data), data: {} };
    elements.set(data.id, known);
    dress(node, data);
  }
  paint(known, data);
  known.data = data;
}

// What does not change as long as the element is there.
function dress(node, { role }) {
  if (SAME_ROLE.has(role)) node.setAttribute("role", role);
  if (!HOLDERS.has(role)) node.className = "at";
  if (node.tagName === "BUTTON") node.type = "button";
  if (role === "combo") node.setAttribute("aria-haspopup", "listbox");
  if (role === "editcombo") {
    node.setAttribute("role", "combobox");
    node.setAttribute("aria-autocomplete", "list");
  }
  if (role === "spot") node.setAttribute("role", "group");
  if (role === "head") node.setAttribute("role", "columnheader");
  if (FIELDS.has(role)) {
    node.autocomplete = "off";
    node.spellcheck = false;
    if (role === "password") node.type = "password";
    else if (role !== "area") node.type = "text";
    node.written = "";
  }
}

function attribute(node, name, value) {
  if (value === undefined || value === null || value === false) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, value);
  }
}

// Roles whose name is what stands in them.
const WORDS = new Set(["label", "heading", "head", "button", "combo", "link", "option", "tab", "status", "alert"]);

function paint({ node, data: old }, data) {
  const { role, name = "", at } = data;
  if (!HOLDERS.has(role) && String(old.at) !== String(at)) {
    const [left, top, width, height] = at;
    node.style.left = `${left}px`;
    node.style.top = `${top}px`;
    node.style.width = `${Math.max(width, 1)}px`;
    node.style.height = `${Math.max(height, 1)}px`;
  }
  if (WORDS.has(role)) {
    const words = role === "combo" && data.value ? `${name} ${data.value}`.trim() : name;
    if (node.textContent !== words) node.textContent = words;
  } else {
    attribute(node, "aria-label", name || null);
  }
  if (FIELDS.has(role)) attribute(node, "placeholder", data.hint);
  if (role === "slider" || role === "spinbutton") {
    attribute(node, "aria-valuenow", data.number ?? 0);
    attribute(node, "aria-valuetext", data.value);
  }
  if (["checkbox", "switch", "radio"].includes(role)) attribute(node, "aria-checked", data.on ?? false ? "true" : "false");
  else if (["tab", "option"].includes(role)) attribute(node, "aria-selected", data.on ? "true" : "false");
  else if (role === "button" && data.on !== undefined) attribute(node, "aria-pressed", data.on ? "true" : "false");
  if (data.open !== undefined || role === "editcombo") attribute(node, "aria-expanded", data.open ? "true" : "false");
  if (role !== "log") attribute(node, "aria-live", data.live);
  if (role === "dialog") attribute(node, "aria-modal", "true");
  if ("disabled" in node) node.disabled = !!data.off;
  else attribute(node, "aria-disabled", data.off ? "true" : null);
  const native = node.tagName === "BUTTON" || FIELDS.has(role);
  if (native) attribute(node, "tabindex", data.focusable ? null : "-1");
  else attribute(node, "tabindex", data.focusable && !data.off && role !== "option" ? "0" : null);
}

// What names other elements, when all of them are there.
function refer(data) {
  const { node } = elements.get(data.id);
  if (data.role === "editcombo") attribute(node, "aria-controls", data.controls && `n${data.controls}`);
  if (data.role !== "log") attribute(node, "aria-activedescendant", data.active && `n${data.active}`);
}

function arrange(list) {
  const wanted = new Set(list.map(([id]) => id));
  for (const [id, { node }] of elements) {
    if (!wanted.has(id)) {
      elements.delete(id);
      // What stays and stood in it is put into its new place below.
      for (const child of [...node.children]) if (child.id.startsWith("n")) page.append(child);
      node.remove();
    }
  }
  const next = new Map(); // parent → where the next child belongs
  for (const [id, parent] of list) {
    const { node, data } = elements.get(id);
    const above = parent === "0" ? (data.role === "navigation" ? root : page) : elements.get(parent).node;
    const before = next.has(above) ? next.get(above) : above.firstElementChild;
    if (node === before) {
      next.set(above, node.nextElementSibling);
    } else {
      above.insertBefore(node, before);
      next.set(above, before);
    }
  }
  order = list;
}

// Each line is put in once and never touched again: a screen reader reads it out once.
let inLog = { of: "", shown: new Map() };

function log({ of, lines }) {
  const holder = [...elements.values()].find(({ data }) => data.role === "log")?.node;
  if (inLog.of !== of) inLog = { of, shown: new Map() };
  const wanted = new Set(lines.map(([number]) => number));
  for (const [number, line] of inLog.shown) {
    if (!wanted.has(number)) {
      line.remove();
      inLog.shown.delete(number);
    }
  }
  for (const [number, words] of lines) {
    if (inLog.shown.has(number)) continue;
    const line = document.createElement("p");
    line.id = `line-${number}`;
    line.textContent = words;
    inLog.shown.set(number, line);
    holder?.append(line);
  }
}

// The page that covered the application has gone, and with it what had the keyboard.
export function show() {
  root.hidden = false;
  document.activeElement?.blur();
  entitled = "";
  settle(focused);
}

let focused = null; // what had the keyboard among the widgets

function settle(focus) {
  // The log may have been made anew: its lines come along.
  const holder = [...elements.values()].find(({ data }) => data.role === "log")?.node;
  if (holder) for (const line of inLog.shown.values()) if (line.parentNode !== holder) holder.append(line);
  for (const { node, data } of elements.values()) {
    if (!FIELDS.has(data.role)) continue;
    const text = data.value ?? "";
    const differs = data.role === "password" ? [...node.value].length !== [...text].length : node.value !== text;
    if (differs) {
      node.value = data.role === "password" ? "" : text;
      if (node === document.activeElement) node.setSelectionRange(node.value.length, node.value.length);
    }
    node.written = node.value;
  }
  const wanted = focus ? elements.get(focus)?.node : null;
  const here = document.activeElement;
  // A screen reader looks around while the widgets' keyboard stays where it was.
  const looksAround = isApart(here) && root.contains(here) && focus === focused;
  focused = focus;
  if (looksAround) return;
  if (wanted && wanted !== here && (here === document.body || root.contains(here))) {
    ours = true;
    wanted.focus({ preventScroll: true });
    ours = false;
    if (FIELDS.has(elements.get(focus).data.role)) select(wanted);
  } else if (!wanted && root.contains(here) && here !== title) {
    here.blur();
  }
  entitle();
}

// A new screen is there and nothing on it has the keyboard: its title has, so that a screen reader says where one is
// and Tab goes on from there.
let title = null;
let entitled = "";

function entitle() {
  const first = root.querySelector("h1");
  const words = first?.textContent ?? "";
  if (words === entitled) return;
  entitled = words;
  title = first;
  if (first === null || document.activeElement !== document.body) return;
  first.tabIndex = -1;
  ours = true;
  first.focus({ preventScroll: true });
  ours = false;
}

function select(field) {
  field.setSelectionRange(field.value.length, field.value.length);
}

// ---- from the page to the widgets

const idOf = (node) => node?.closest?.("[id^=n]")?.id.slice(1);
// A button that is no stop for Tab: a cell of the ladder, a row of a list that arrow keys move in. A screen reader comes to
// it all the same, and presses it.
const isApart = (node) => node?.tagName === "BUTTON" && node.tabIndex < 0;
const isField = (node) => root.contains(node) && (node.tagName === "INPUT" || node.tagName === "TEXTAREA");

root.addEventListener("focusin", (event) => {
  const id = idOf(event.target);
  if (id && !ours && !isApart(event.target)) tell({ is: "Focus", id });
});

root.addEventListener("click", (event) => {
  const id = idOf(event.target);
  if (id) tell({ is: "Click", id });
});

root.addEventListener("compositionstart", () => (isComposing = true));
root.addEventListener("compositionend", (event) => {
  isComposing = false;
  edited(event.target);
});
root.addEventListener("input", (event) => edited(event.target));

function edited(field) {
  const id = idOf(field);
  const last = queue[queue.length - 1];
  if (field.value !== field.written) {
    // What has not been taken yet becomes one edit.
    const caret = characters(field.value, field.selectionStart);
    if (last?.is === "Edit" && last.id === id) Object.assign(last, { to: field.value, caret });
    else queue.push({ is: "Edit", id, from: field.written, to: field.value, caret });
    field.written = field.value;
    field.marked = `${caret} ${caret}`;
    selected(field);
  }
  wake();
}

const characters = (text, units) => [...text.slice(0, units)].length;

function selected(field) {
  const id = idOf(field);
  const [start, end] = [characters(field.value, field.selectionStart), characters(field.value, field.selectionEnd)];
  const [anchor, focus] = field.selectionDirection === "backward" ? [end, start] : [start, end];
  if (field.marked === `${anchor} ${focus}`) return;
  field.marked = `${anchor} ${focus}`;
  const last = queue[queue.length - 1];
  if (last?.is === "Select" && last.id === id) Object.assign(last, { anchor, focus });
  else queue.push({ is: "Select", id, anchor, focus });
}

document.addEventListener("selectionchange", () => {
  const field = document.activeElement;
  if (ours || !isField(field) || isComposing) return;
  selected(field);
  wake();
});

// Keys that a field deals with itself.
const IN_FIELD = new Set(["Backspace", "Delete", "ArrowLeft", "ArrowRight", "Home", "End", "Insert"]);
const IN_AREA = new Set([...IN_FIELD, "Enter", "ArrowUp", "ArrowDown", "PageUp", "PageDown"]);
const MODIFIERS = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta"]);
const held = new Map(); // code → key, of what we have been told is down

function chord(event) {
  const name = /^Key[A-Z]$/.test(event.code) ? event.code.slice(3)
    : /^Digit\d$/.test(event.code) ? event.code.slice(5)
    : event.key === " " ? "Space" : event.key.replace(/^Arrow/, "");
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey) parts.push("Shift");
  return [...parts, name].join("+");
}

// Whether a key is for the widgets; what is not is left to the browser.
function isWanted(event) {
  const { key } = event;
  if (MODIFIERS.has(key)) return true;
  if ((key === "Enter" || key === " ") && isApart(document.activeElement)) return false;
  if (event.isComposing || event.keyCode === 229 || key === "Dead" || key === "Unidentified" || key === "Tab") return false;
  if (listening) return true;
  const isAltGr = event.getModifierState?.("AltGraph") || (event.ctrlKey && event.altKey);
  if ((event.ctrlKey || event.altKey || event.metaKey) && !isAltGr) return chords.has(chord(event));
  if (/^F\d+$/.test(key)) return chords.has(chord(event));
  const field = document.activeElement;
  if (isField(field)) {
    if ([...key].length === 1) return false;
    return !(field.tagName === "TEXTAREA" ? IN_AREA : IN_FIELD).has(key);
  }
  return true;
}

addEventListener("keydown", (event) => {
  const here = document.activeElement;
  if (root.hidden || (here !== document.body && !root.contains(here)) || !isWanted(event)) return;
  const { code, key, repeat } = event;
  held.set(code, key);
  if (!MODIFIERS.has(key)) event.preventDefault();
  tell({ is: "Key", code, key, down: true, repeat });
}, true);

addEventListener("keyup", (event) => {
  if (!held.has(event.code)) return;
  tell({ is: "Key", code: event.code, key: held.get(event.code), down: false, repeat: false });
  held.delete(event.code);
}, true);

addEventListener("blur", () => {
  for (const [code, key] of held) tell({ is: "Key", code, key, down: false, repeat: false });
  held.clear();
});
