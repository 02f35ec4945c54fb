// Keeps every file of one build for use offline. A newer build is fetched beside it and comes with the next start:
// what is open goes on with the files it began with, all of which it has loaded.
//
// `web/pack.mjs` writes `build` and `files` above: a worker whose own bytes differ is what a browser takes for a newer one.

const CACHE = `rightcall-${build}`;
// The voices of the calls that were opened here: none of the build's files, and kept from one build to the next.
const VOICES = "rightcall-voices";

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(files.map((name) => new Request(name, { cache: "reload" })));
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("rightcall-") && name !== CACHE && name !== VOICES) await caches.delete(name);
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
  if (new URL(event.request.url).pathname.startsWith(new URL("voices/", registration.scope).pathname)) {
    event.respondWith(voice(event.request));
    return;
  }
  event.respondWith((async () => {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(event.request, { ignoreSearch: true });
    return kept ?? fetch(event.request);
  })());
});

// A pack is asked for by what is in it, so one that is kept is the right one. Which packs there are is asked anew each
// time; without a network, what was so last counts, and a call without its voice goes on as captions.
async function voice(request) {
  const isList = new URL(request.url).pathname.endsWith("/manifest.json");
  const cache = await caches.open(VOICES);
  const kept = await cache.match(request);
  if (kept && !isList) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) await keep(cache, request, answer, isList);
    return answer;
  } catch {
    return kept ?? (isList ? Response.json({ packs: {} }) : new Response(null, { status: 204 }));
  }
}

// Where there is no room it is not kept, and heard all the same.
async function keep(cache, request, answer, isList) {
  try {
    await cache.put(request, answer.clone());
    if (isList) await tidy(cache, await answer.clone().json());
  } catch (error) {
    console.warn(`${request.url} is not kept: ${error.message}`);
  }
}

// What is not listed any more is not kept.
async function tidy(cache, { packs }) {
  const listed = new Set(Object.entries(packs).map(([name, { blake3 }]) => `${name}.voices?${blake3.slice(0, 16)}`));
  for (const { url } of await cache.keys()) {
    const name = url.split("/").pop();
    if (name !== "manifest.json" && !listed.has(name)) await cache.delete(url);
  }
}
