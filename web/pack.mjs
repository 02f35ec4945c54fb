// Bakes the sizes of the files in, packs each with brotli and gzip beside it, and holds the whole to its budget.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [folder, profile] = process.argv.slice(2);
// Voices lie in a folder of their own: they come with a call, not with the page.
const names = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isFile()).map(({ name }) => name).filter((name) => !/\.(br|gz|txt)$|^LICENSE|^sizes\.js$/.test(name)).sort();
const contents = new Map(names.map((name) => [name, readFileSync(join(folder, name))]));

const hash = createHash("sha256");
for (const [name, bytes] of contents) hash.update(name).update(bytes);
const files = Object.fromEntries([...contents].map(([name, bytes]) => [name, bytes.length]));
const total = files["rightcall_bg.wasm"];
const bake = (name, text) => {
  writeFileSync(join(folder, name), text);
  contents.set(name, Buffer.from(text));
};
bake("sizes.js", `export const total = ${total};\nexport const files = ${JSON.stringify(files)};\n`);
// The page itself goes by its folder's name, too; the worker that keeps the files is not one of them.
const kept = ["./", ...names.filter((name) => name !== "sw.js"), "sizes.js"];
const build = hash.digest("hex").slice(0, 16);
bake("sw.js", `const build = "${build}", files = ${JSON.stringify(kept)};\n${contents.get("sw.js")}`);

let packed = 0;
for (const [name, bytes] of contents) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: profile === "web" ? 11 : 4, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const br = brotliCompressSync(bytes, { params });
  packed += br.length;
  writeFileSync(join(folder, `${name}.br`), br);
  writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
}
const wasm = readFileSync(join(folder, "rightcall_bg.wasm.br")).length;
console.log(`web/build: ${contents.size} files, ${total} bytes of WebAssembly, ${wasm} packed with brotli; everything ${packed}`);
if (profile === "web") {
  const budget = Number(readFileSync(new URL("budget", import.meta.url), "utf8").trim());
  const most = Math.floor(budget * 1.03);
  if (packed > most) {
    console.error(`web/build: ${packed} bytes are more than 3 % over the budget of ${budget} in web/budget`);
    process.exit(1);
  }
}
