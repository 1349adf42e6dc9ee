// Stores on this phone which steps are done, how many tries are used up, and when a WAIT ends.
export default function progress(tally) {
  const key = `progress:${location.pathname}`;
  const kept = read();
  const clock = tally.querySelector("[data-clock]");
  const boxes = tally.querySelectorAll("input");

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
  }

  boxes.forEach((box, number) => {
    box.checked = number < (kept.tries ?? 0);
  });
  // Ticking the third box means three tries, so the boxes before it are ticked and those after it are not.
  boxes.forEach((pressed, number) => {
    pressed.addEventListener("change", () => {
      const tries = number + (pressed.checked ? 1 : 0);
      boxes.forEach((box, other) => {
        box.checked = other < tries;
      });
      keep({ tries });
    });
  });

  function showClock() {
    if (!(kept.until > Date.now())) return;
    const time = new Date(kept.until).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    clock.querySelector("output").textContent = clock.dataset.clock.replace("TIME", time);
  }
  clock?.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    keep({ until: Date.now() + clock.dataset.minutes * 60_000 });
    showClock();
  });
  if (clock) showClock();

  for (const step of document.querySelectorAll(".steps > li")) {
    // A step is stored by its text: if it is moved it is still done, if it is reworded it is not.
    const name = step.querySelector("p:not(.severity)").textContent;
    const done = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = (kept.done ?? []).includes(name);
    done.className = "done";
    const words = document.createElement("span");
    words.textContent = tally.dataset.done;
    done.append(box, words);
    step.append(done);
    box.addEventListener("change", () => {
      const others = (kept.done ?? []).filter((other) => other !== name);
      keep({ done: box.checked ? [...others, name] : others });
    });
  }

  const clear = tally.querySelector("button");
  clear.hidden = false;
  clear.addEventListener("click", () => {
    keep({ done: [], tries: 0, until: 0 });
    for (const box of document.querySelectorAll(".guide input[type=checkbox]")) box.checked = false;
    if (clock) clock.querySelector("output").textContent = "";
  });
}
