// Keeps all of one car on the phone, in a cache of its own, until the driver takes it off again. The service worker
// reads from it.
const DAY = 24 * 3600 * 1000;
const DATE = { day: "numeric", month: "long", year: "numeric" };

const tooLong = () => new Promise((_, reject) => setTimeout(reject, 30_000));

export default async function keep(box) {
  const able = "serviceWorker" in navigator && "caches" in window;
  if (!able || document.documentElement.dataset.worker === "off") return;
  const { pathname } = new URL(box.closest(".guide").querySelector("form.reader").action); // the page may be another by now
  const name = `car:${pathname}`;
  const list = `${pathname}pack.json`;
  const [save, remove] = box.querySelectorAll("button");
  const status = box.querySelector("[role=status]");

  const words = (text, pack, date) =>
    text.replace("SIZE", Math.ceil(pack.bytes / 1024)).replace("DATE", date?.toLocaleDateString(document.documentElement.lang, DATE));

  async function show(said = "") {
    const kept = await caches.match(list, { cacheName: name });
    const answer = kept ?? (await fetch(list));
    if (!answer.ok) return;
    const date = new Date(answer.headers.get("Date"));
    const pack = await answer.json();
    save.textContent = words(box.dataset.keep, pack);
    save.hidden = Boolean(kept);
    remove.hidden = !kept;
    status.textContent = kept ? `${words(box.dataset.kept, pack, date)} ${said}` : said;
    box.hidden = false;
    if (kept && Date.now() - date > DAY) fetchAll().catch(() => {}); // newer words, where there is signal
  }

  async function fetchAll() {
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    await Promise.race([navigator.serviceWorker.ready, tooLong()]); // without it nothing opens
    const asked = await fetch(list, { cache: "reload" });
    const { addresses } = await asked.clone().json();
    const cache = await caches.open(name);
    await cache.addAll(addresses.map((address) => new Request(address, { cache: "reload" })));
    await cache.put(list, asked); // last: with it the car is complete
  }

  save.addEventListener("click", async () => {
    save.disabled = true;
    try {
      await fetchAll();
      const lasting = await navigator.storage?.persist?.();
      await show(lasting ? "" : box.dataset.cleared);
      remove.focus();
    } catch {
      await caches.delete(name).catch(() => {});
      status.textContent = box.dataset.failed;
    }
    save.disabled = false;
  });

  remove.addEventListener("click", async () => {
    await caches.delete(name);
    await show();
    save.focus();
  });

  try {
    await show();
  } catch (error) {
    if (error.name !== "SecurityError") return; // no signal, and not kept: nothing to offer
    save.hidden = remove.hidden = true;
    status.textContent = box.dataset.failed;
    box.hidden = false;
  }
}
