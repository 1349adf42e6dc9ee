// Makes the drawn radio work: buttons over its keys, and a display that scrolls. Presses are not stored.
import coach from "./coach.js";
import { begin, clear, hold, press, wait } from "./machine.js";

const HOLD_TIME = 3000; // ms, as on most radios
const DISPLAY_LENGTH = 8; // characters
const PITCH = 17; // from one character to the next, as in guides/drawings/segments.py
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export default function practice(root) {
  const radio = JSON.parse(root.querySelector("script").textContent);
  const part = (name) => root.querySelector(`[data-part=${name}]`);
  const buttons = new Map();
  const fingers = new Map(); // pointer -> the key that it holds down
  let chord = false; // keys were held together, so that their release is no press
  let lastUp = 0; // when a finger last released a key
  let timer = 0; // of a hold, or of a line that scrolls
  let state = begin(radio);
  const coached = coach(root, radio, () => enter(begin(radio)));

  function light(text, from = 0) {
    const bars = root.querySelector(".bars");
    if (!bars) {
      root.querySelector(".says").textContent = text;
      return;
    }
    bars.setAttribute("d", radio.line + [...text].map((character) => radio.glyphs[character] ?? "").join(""));
    bars.parentNode.setAttribute("viewBox", `${from * PITCH} 0 ${Math.min(text.length, DISPLAY_LENGTH) * PITCH} 24`);
  }

  // A text longer than the display scrolls or, with reduced motion, changes part by part. Then the next screen follows.
  function run(from = 0) {
    light(state.shows, from);
    const last = Math.max(state.shows.length - DISPLAY_LENGTH, 0);
    if (from === last) timer = setTimeout(() => enter(wait(radio, state)), 2500);
    else if (calm.matches) timer = setTimeout(run, 2500, Math.min(from + DISPLAY_LENGTH, last));
    else timer = setTimeout(run, from ? 350 : 1000, from + 1);
  }

  function say(note) {
    if (part("note").dataset.note === note) return;
    part("note").dataset.note = note;
    part("note").replaceChildren(part(`note-${note}`).content.cloneNode(true));
  }

  function enter(next) {
    const ignored = next.name === state.name && !next.refused;
    const left = document.activeElement === part("later") && !next.then;
    state = next;
    say(state.note);
    if (ignored) return; // the display goes on scrolling
    clearTimeout(timer);
    mark(buttons.keys(), false);
    const runs = state.then && state.name.startsWith("serial");
    part("shows").textContent =
      state.digits.some(Boolean) ? state.digits.map((digit) => digit || root.dataset.empty).join(", ") : state.shows;
    part("wrong").textContent = state.wrong;
    part("later").hidden = !state.then || runs;
    part("later").textContent = state.note === "wait" ? root.dataset.wait : root.dataset.later;
    if (runs) run();
    else light(state.shows);
    coached.lead(state);
    if (left) buttons.values().next().value.focus(); // the focused button is hidden now
  }

  function mark(keys, on) {
    for (const key of keys) buttons.get(key)?.classList.toggle("down", on);
  }

  function startHold(keys, note) {
    if (!state.refused) return enter(hold(radio, state, keys));
    clearTimeout(timer);
    mark(buttons.keys(), false);
    say(note);
    timer = setTimeout(() => enter(hold(radio, state, keys)), HOLD_TIME);
    return mark(keys.split("+"), true);
  }

  // The keys in the row that these fingers hold, in any order.
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

  // When two thumbs overlap, the browser sends no click, so a press is counted here.
  function fingerUp({ pointerId, timeStamp, type }) {
    const key = fingers.get(pointerId);
    if (!fingers.delete(pointerId)) return;
    mark([key], false);
    if (!chord && type === "pointerup") {
      lastUp = timeStamp;
      enter(press(radio, state, key, coached.code()));
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
    // A click after a finger was counted already. Other clicks come from a keyboard or a screen reader.
    const key = addButton("", ({ timeStamp, detail }) => {
      if (!detail || timeStamp - lastUp > 500) enter(press(radio, state, name, coached.code()));
    });
    key.setAttribute("aria-label", name);
    Object.assign(key.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
    key.addEventListener("pointerdown", ({ pointerId }) => fingerDown(pointerId, name));
    buttons.set(name, key);
    return key;
  }

  const later = addButton("", () => enter(wait(radio, state)));
  later.dataset.part = "later";
  const holds = Object.keys(state.held ?? {}).map((keys) =>
    addButton(root.dataset.hold.replace("KEYS", keys), () => startHold(keys, "held")),
  );
  const again = addButton(root.dataset.again, () => enter(begin(radio)));
  part("keys").replaceChildren(...radio.keys.map(addKey));
  part("actions").replaceChildren(...holds, again, later);
  part("keys").addEventListener("contextmenu", (event) => event.preventDefault()); // a long press holds a key
  addEventListener("pointerup", fingerUp);
  addEventListener("pointercancel", fingerUp);
  // Another person who takes the phone later must not find digits on it.
  const leave = () => {
    coached.forget();
    enter(clear(radio, state));
  };
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  addEventListener("pagehide", leave);
  enter(state);
}
