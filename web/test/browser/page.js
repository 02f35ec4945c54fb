import init from "./web-tests.js";
import * as store from "./store.js";

globalThis.told = [];
globalThis.rightcall = {
  store,
  test: {
    wanted: () => location.hash.slice(1),
    tell: (line) => globalThis.told.push(line),
    over: () => (globalThis.isOver = true),
    tick: () => new Promise((resolve) => setTimeout(resolve)),
  },
};
await init({ module_or_path: new URL("web-tests_bg.wasm", import.meta.url) });
