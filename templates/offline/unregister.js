// With OFFLINE=0 this replaces worker.js at the next visit, and removes the worker and everything that it kept.
addEventListener("install", () => skipWaiting());

async function removeAll() {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.unregister();
}

addEventListener("activate", (event) => event.waitUntil(removeAll()));
