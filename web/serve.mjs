// A web server for one folder, as plain as one that a trust has: static files, packed where the browser takes them.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".png": "image/png", ".webmanifest": "application/manifest+json", ".txt": "text/plain; charset=utf-8", ".jsonl": "application/x-ndjson", ".json": "application/json" };
const PACKED = [["br", ".br"], ["gzip", ".gz"]];

export function serve(folder, port, host = "localhost") {
  const root = resolve(folder);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let file = join(root, normalize(path));
    if (!file.startsWith(root)) return response.writeHead(403).end();
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!existsSync(file)) return response.writeHead(404).end("not here");
    const headers = { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff" };
    const takes = request.headers["accept-encoding"] ?? "";
    const packed = PACKED.find(([name, end]) => takes.includes(name) && existsSync(file + end));
    if (packed) {
      headers["Content-Encoding"] = packed[0];
      file += packed[1];
    }
    headers["Content-Length"] = statSync(file).size;
    response.writeHead(200, headers);
    createReadStream(file).pipe(response);
  });
  return new Promise((ready) => server.listen(port, host, () => ready(server)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = "dist", port = "8111"] = process.argv.slice(2);
  await serve(folder, Number(port));
  console.log(`http://localhost:${port}`);
}
