// The switch OFFLINE=0: takes the worker off the phone, and everything that it kept. A browser fetches this by itself at
// the next visit, in place of the worker that it has.
addEventListener("install", () => skipWaiting());

async function leave() {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.unregister();
}

addEventListener("activate", (event) => event.waitUntil(leave()));
