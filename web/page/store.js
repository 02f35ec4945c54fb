// IndexedDB, as `src/records/indexed_db` uses it: keys and values are strings, a change is one transaction.

const SHELVES = ["texts", "calls", "unfinished", "bodies", "acts", "notes", "noted", "marks", "full", "settings", "claims"];
const VERSION = 1;

let db = null;

function failure(error) {
  // A plain object: Rust reads two fields.
  return { name: error?.name ?? "Error", message: error?.message ?? String(error) };
}

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(failure(request.error));
  });
}

// Opens the database, which is made if need be.
export function open(name) {
  if (db !== null) return Promise.resolve();
  return new Promise((resolve, reject) => {
    if (!globalThis.indexedDB) {
      reject({ name: "NotSupportedError", message: "this browser has no database for pages" });
      return;
    }
    let request;
    try {
      request = indexedDB.open(name, VERSION);
    } catch (error) {
      reject(failure(error));
      return;
    }
    // A newer page in another tab wants the database, and this one has it: that tab has to wait for us to close.
    request.onblocked = () => reject({ name: "BlockedError", message: "an older Rightcall is open in another tab; close that tab and reload this one" });
    request.onupgradeneeded = () => {
      for (const shelf of SHELVES) {
        if (!request.result.objectStoreNames.contains(shelf)) request.result.createObjectStore(shelf);
      }
    };
    request.onerror = () => reject(failure(request.error));
    request.onsuccess = () => {
      db = request.result;
      db.onversionchange = () => db.close();
      resolve();
    };
  });
}

// Begins a change, or with `write` false a reading. What a change has put is there for good once `done` resolves.
export function begin(write) {
  const transaction = db.transaction(SHELVES, write ? "readwrite" : "readonly", { durability: "strict" });
  const change = { transaction };
  change.over = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(failure(transaction.error ?? { name: "AbortError", message: "the change was given up" }));
  });
  // Whoever gives a change up does not wait for it.
  change.over.catch(() => {});
  return change;
}

export function done(change) {
  change.transaction.commit?.();
  return change.over;
}

export function give_up(change) {
  try {
    change.transaction.abort();
  } catch {
    // It is over already.
  }
}

export function get(change, shelf, key) {
  return answered(change.transaction.objectStore(shelf).get(key));
}

export function put(change, shelf, key, value) {
  change.transaction.objectStore(shelf).put(value, key);
}

export function remove(change, shelf, key) {
  change.transaction.objectStore(shelf).delete(key);
}

// `/` ends the parts of a key, and `0` comes after it.
const below = (prefix) => (prefix === "" ? undefined : IDBKeyRange.bound(`${prefix}/`, `${prefix}0`, false, true));

export function remove_below(change, shelf, prefix) {
  const store = change.transaction.objectStore(shelf);
  if (prefix === "") store.clear();
  else store.delete(below(prefix));
}

// Key, value, key, value, … of everything whose key begins with the prefix, in the order of the keys.
export async function all(change, shelf, prefix) {
  const store = change.transaction.objectStore(shelf);
  const [keys, values] = await Promise.all([answered(store.getAllKeys(below(prefix))), answered(store.getAll(below(prefix)))]);
  return keys.flatMap((key, n) => [key, values[n]]);
}

// Which page may append to which call. A page is gone when its lock is, or, where there are no locks (plain http),
// when it has said so or has not been heard of for a while.
const GONE = "rightcall-gone-";
let me = null;

export function page_id() {
  if (me === null) {
    me = crypto.getRandomValues(new Uint32Array(4)).join("-");
    if (navigator.locks) {
      navigator.locks.request(`rightcall-page-${me}`, () => new Promise(() => {}));
    } else {
      addEventListener("pagehide", () => remember(GONE + me, "1"));
      addEventListener("pageshow", () => remember(GONE + me, null));
    }
  }
  return me;
}

function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // Nothing can be remembered here: the time decides.
  }
}

// Whether the page that holds a claim until `until` (milliseconds since 1970) is there.
export async function is_there(page, until) {
  if (navigator.locks?.query) {
    const { held } = await navigator.locks.query();
    return held.some((lock) => lock.name === `rightcall-page-${page}`);
  }
  try {
    if (localStorage.getItem(GONE + page)) return false;
  } catch {
    // As above.
  }
  return until > Date.now();
}

export const now = () => Date.now();
