// The drawn radio comes alive: buttons over its keys, and a display that runs. What is pressed here is kept nowhere.
import coach from "./coach.js";
import { begin, clear, hold, press, wait } from "./machine.js";

const HOLD = 3000; // ms, as on most radios
const CELLS = 8; // characters that the display shows at once
const PITCH = 17; // from one to the next, as in guides/segments.py
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export default function practice(root) {
  const radio = JSON.parse(root.querySelector("script").textContent);
  const part = (name) => root.querySelector(`[data-part=${name}]`);
  const buttons = new Map();
  const fingers = new Map(); // pointer -> the key that it holds down
  let chord = false; // keys were held together: letting go of them is no press
  let lastUp = 0; // when a finger last let go of a key
  let timer = 0; // of a hold, or of a line that runs past
  let state = begin(radio);
  const coached = coach(root, radio, () => become(begin(radio)));

  function light(text, from = 0) {
    const bars = root.querySelector(".bars");
    if (!bars) {
      root.querySelector(".says").textContent = text;
      return;
    }
    bars.setAttribute("d", radio.line + [...text].map((character) => radio.glyphs[character] ?? "").join(""));
    bars.parentNode.setAttribute("viewBox", `${from * PITCH} 0 ${Math.min(text.length, CELLS) * PITCH} 24`);
  }

  // A longer text runs past or, where nothing shall move, comes in pieces. Then the next screen.
  function run(from = 0) {
    light(state.shows, from);
    const last = Math.max(state.shows.length - CELLS, 0);
    if (from === last) timer = setTimeout(() => become(wait(radio, state)), 2500);
    else if (calm.matches) timer = setTimeout(run, 2500, Math.min(from + CELLS, last));
    else timer = setTimeout(run, from ? 350 : 1000, from + 1);
  }

  function say(note) {
    if (part("note").dataset.note === note) return;
    part("note").dataset.note = note;
    part("note").replaceChildren(part(`note-${note}`).content.cloneNode(true));
  }

  function become(next) {
    const deaf = next.name === state.name && !next.refused;
    const left = document.activeElement === part("later") && !next.then;
    state = next;
    say(state.note);
    if (deaf) return; // what runs goes on running
    clearTimeout(timer);
    mark(buttons.keys(), false);
    const runs = state.then && state.name.startsWith("serial");
    part("shows").textContent =
      state.digits.some(Boolean) ? state.digits.map((digit) => digit || radio.words.empty).join(", ") : state.shows;
    part("wrong").textContent = state.wrong;
    part("later").hidden = !state.then || runs;
    part("later").textContent = radio.words[state.note] ?? radio.words.moment;
    if (runs) run();
    else light(state.shows);
    coached.lead(state);
    if (left) buttons.values().next().value.focus(); // its button is gone: on to the first key
  }

  function mark(keys, on) {
    for (const key of keys) buttons.get(key)?.classList.toggle("down", on);
  }

  function startHold(keys, note) {
    if (!state.refused) return become(hold(radio, state, keys));
    clearTimeout(timer);
    mark(buttons.keys(), false);
    say(note);
    timer = setTimeout(() => become(hold(radio, state, keys)), HOLD);
    return mark(keys.split("+"), true);
  }

  // The choice of keys that these fingers hold. A row names first the key that goes down first; here either may.
  function heldKeys() {
    const keys = [...fingers.values()].sort().join();
    return Object.keys(state.held ?? {}).find((held) => held.split("+").sort().join() === keys);
  }

  function fingerDown(pointer, key) {
    if (!fingers.size) chord = false;
    fingers.set(pointer, key);
    mark([key], true);
    const keys = heldKeys();
    if (!keys) return;
    chord = true;
    startHold(keys, "holding");
  }

  // Two thumbs that type in turn overlap, and a browser then makes no click of it: the press is counted here.
  function fingerUp({ pointerId, timeStamp, type }) {
    const key = fingers.get(pointerId);
    if (!fingers.delete(pointerId)) return;
    mark([key], false);
    if (!chord && type === "pointerup") {
      lastUp = timeStamp;
      become(press(radio, state, key, coached.code()));
    }
    if (!chord || part("note").dataset.note !== "holding") return;
    clearTimeout(timer);
    say("short");
  }

  function addButton(words, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.addEventListener("click", act);
    return button;
  }

  function addKey([name, left, top, width, height]) {
    // A click that follows a finger has been counted; the others come from a keyboard or a screen reader.
    const key = addButton("", ({ timeStamp, detail }) => {
      if (!detail || timeStamp - lastUp > 500) become(press(radio, state, name, coached.code()));
    });
    key.setAttribute("aria-label", name);
    Object.assign(key.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
    key.addEventListener("pointerdown", ({ pointerId }) => fingerDown(pointerId, name));
    buttons.set(name, key);
    return key;
  }

  const later = addButton("", () => become(wait(radio, state)));
  later.dataset.part = "later";
  const holds = Object.keys(state.held ?? {}).map((keys) =>
    addButton(radio.words.hold.replace("KEYS", keys), () => startHold(keys, "held")),
  );
  const again = addButton(radio.words.again, () => become(begin(radio)));
  part("keys").replaceChildren(...radio.keys.map(addKey));
  part("actions").replaceChildren(...holds, again, later);
  part("keys").addEventListener("contextmenu", (event) => event.preventDefault()); // a long press means a long press
  addEventListener("pointerup", fingerUp);
  addEventListener("pointercancel", fingerUp);
  // Out of sight, out of mind: nobody who takes up the phone later finds digits on it.
  const leave = () => {
    coached.forget();
    become(clear(radio, state));
  };
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  addEventListener("pagehide", leave);
  become(state);
}
