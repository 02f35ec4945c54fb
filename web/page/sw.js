// Keeps every file of one build for use offline. A newer build is fetched beside it and comes with the next start:
// what is open goes on with the files it began with, all of which it has loaded.
//
// `web/pack.mjs` writes `build` and `files` above: a worker whose own bytes differ is what a browser takes for a newer one.

const CACHE = `rightcall-${build}`;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(files.map((name) => new Request(name, { cache: "reload" })));
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("rightcall-") && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

// A page that has not been started yet asks for the newer build that waits.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || new URL(event.request.url).origin !== location.origin) return;
  event.respondWith((async () => {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(event.request, { ignoreSearch: true });
    return kept ?? fetch(event.request);
  })());
});
