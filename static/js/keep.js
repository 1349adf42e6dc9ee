// Keeps one car on the phone until the driver removes it. Its pages are in a cache of their own, from which the service
// worker answers.
const DAY = 24 * 3600 * 1000; // ms
const WORKER_TIMEOUT = 30_000; // ms
const DATE = { day: "numeric", month: "long", year: "numeric" };

const IS_FILE = /\.[0-9a-f]{12}\.\w+$/;

const timeout = () => new Promise((_, reject) => setTimeout(reject, WORKER_TIMEOUT));

// A file never changes under its name, so that the copy of the browser will do.
const fresh = (address) => new Request(address, { cache: IS_FILE.test(address) ? "default" : "reload" });

// Lists of other releases name other files, such as this one.
async function isOfThisRelease(list) {
  const { addresses } = await list.clone().json();
  return addresses.includes(new URL(import.meta.url).pathname);
}

// Started from the button at the top of the guide.
export default async function keep(short) {
  const supported = "serviceWorker" in navigator && "caches" in window;
  if (!supported || document.documentElement.dataset.worker === "off") return;
  // Not the address of the page, which htmx may change.
  const guide = short.closest(".guide");
  const box = guide.querySelector(".keep");
  const { pathname } = new URL(guide.dataset.url, location);
  const name = `car:${pathname}`;
  const list = `${pathname}pack.json`;
  const [save, remove] = box.querySelectorAll("button");
  const status = box.querySelector("[role=status]");

  async function show(note = "") {
    const kept = await caches.match(list, { cacheName: name });
    save.hidden = Boolean(kept);
    remove.hidden = !kept;
    box.hidden = short.hidden = false;
    short.textContent = kept ? short.dataset.kept : short.dataset.keep;
    if (!kept) {
      status.textContent = note;
      return;
    }
    const date = new Date(kept.headers.get("Date"));
    const words = box.dataset.kept.replace("DATE", date.toLocaleDateString(document.documentElement.lang, DATE));
    status.textContent = `${words} ${note}`;
    // Updates the pages if there is signal.
    if (Date.now() - date > DAY || !(await isOfThisRelease(kept))) fetchAll().catch(() => {});
  }

  async function fetchAll() {
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    await Promise.race([navigator.serviceWorker.ready, timeout()]); // kept pages open only with the worker
    const response = await fetch(list, { cache: "reload" });
    const { addresses } = await response.clone().json();
    const cache = await caches.open(name);
    await cache.addAll(addresses.map(fresh));
    await cache.put(list, response); // last: marks the car as complete
    const wanted = new Set([list, ...addresses].map((address) => new URL(address, location).href));
    for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
  }

  async function keepCar() {
    save.disabled = short.disabled = true;
    try {
      await fetchAll();
      const persistent = await navigator.storage?.persist?.();
      await show(persistent ? "" : box.dataset.cleared);
      return true;
    } catch {
      await caches.delete(name).catch(() => {});
      status.textContent = box.dataset.failed;
      return false;
    } finally {
      save.disabled = short.disabled = false;
    }
  }

  save.addEventListener("click", async () => {
    if (await keepCar()) remove.focus();
  });

  // The row says what was kept, or why not.
  short.addEventListener("click", async () => {
    if (save.hidden || !(await keepCar())) location.hash = "keep";
    short.focus();
  });

  remove.addEventListener("click", async () => {
    await caches.delete(name);
    await show();
    save.focus();
  });

  try {
    await show();
  } catch {
    // This phone does not let web pages store anything.
    save.hidden = remove.hidden = true;
    status.textContent = box.dataset.failed;
    box.hidden = false;
  }
}
