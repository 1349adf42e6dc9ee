// Stores on this phone how many tries are used up, and when a WAIT ends.
export default function tally(box) {
  const key = `progress:${location.pathname}`;
  const kept = read();
  const clock = box.querySelector("[data-clock]");
  const tries = box.querySelectorAll("input");
  const clear = box.querySelector("button");

  function read() {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {};
    }
  }

  function keep(change) {
    Object.assign(kept, change);
    try {
      localStorage.setItem(key, JSON.stringify(kept));
    } catch {
      // Storage is not allowed: the marks last until the page is left.
    }
    show();
  }

  function show() {
    tries.forEach((each, number) => {
      each.checked = number < (kept.tries ?? 0);
    });
    if (clock) {
      const time = new Date(kept.until).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      const words = kept.until > Date.now() ? clock.dataset.clock.replace("TIME", time) : "";
      if (words || kept.until === 0) clock.querySelector("output").textContent = words;
    }
    clear.hidden = !kept.tries && !(kept.until > Date.now());
  }

  // Ticking the third box means three tries, so the boxes before it are ticked and those after it are not.
  tries.forEach((pressed, number) => {
    pressed.addEventListener("change", () => keep({ tries: number + (pressed.checked ? 1 : 0) }));
  });
  clock?.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    keep({ until: Date.now() + clock.dataset.minutes * 60_000 });
  });
  clear.addEventListener("click", () => keep({ tries: 0, until: 0 }));
  show();
}
