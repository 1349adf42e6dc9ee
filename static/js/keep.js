// Keeps all of one car on the phone, in a cache of its own, until the driver takes it off again. The service worker
// reads from it.
const DATE = { day: "numeric", month: "long", year: "numeric" };

export default async function keep(box) {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  const name = `car:${location.pathname}`;
  const list = `${location.pathname}pack.json`;
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
  }

  async function fetchAll() {
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
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

  await show().catch(() => {}); // no signal, and not kept: nothing to offer
}
