// The logic of the practice radio: pure functions from a state and a press to the next state. The screens come from the
// server (guides/practice/screens.py); only the digits are set here.
const at = (radio, name) => ({ name, ...radio.screens[name], digits: ["", "", "", ""] });

const set = (digits, place, digit) => digits.map((old, index) => (index === place ? digit : old));

const drawn = (radio, digits) => digits.map((digit) => digit || radio.empty).join(" ");

// The same screen without digits.
export const clear = (radio, state) => (state.refused ? at(radio, state.name) : state);

export const begin = (radio) => at(radio, radio.start);

// One key, pressed once. Keys do something only while the radio waits for a code.
export function press(radio, state, key, code) {
  if (!state.refused) return { ...state, note: state.name === "plays" ? "playing" : "ignored" };
  const place = radio.digits.indexOf(key);
  if (place >= 0) {
    const digits = set(state.digits, place, String((Number(state.digits[place]) + 1) % 10));
    return { ...state, digits, shows: drawn(radio, digits), note: "dialling" };
  }
  if (!radio.confirm.includes(key)) return { ...state, note: "other" };
  if (state.digits.includes("")) return { ...state, note: "gaps" };
  return at(radio, state.digits.join("") === code ? state.right : state.refused);
}

// Keys held together, as in rows: "1+6".
export function hold(radio, state, keys) {
  if (!state.refused) return { ...state, note: state.name === "plays" ? "playing" : "ignored" };
  return state.held?.[keys] ? at(radio, state.held[keys]) : { ...state, note: "other" };
}

// The screen that follows by itself. After a serial its note stays.
export function wait(radio, state) {
  if (!state.then) return state;
  const next = at(radio, state.then);
  return next.refused && state.name.startsWith("serial") ? { ...next, note: state.note } : next;
}

// What to press next for this code: a key, how often, and what the display then shows. Zero comes after nine.
export function advise(radio, state, code) {
  if (!state.refused) return null;
  const place = [...code].findIndex((digit, index) => state.digits[index] !== digit);
  if (place < 0) return { key: radio.confirm[0], shows: state.shows };
  const times = ((Number(code[place]) - Number(state.digits[place]) + 9) % 10) + 1;
  return { key: radio.digits[place], times, shows: drawn(radio, set(state.digits, place, code[place])) };
}

// Every step for this code, up to the key that confirms.
export function plan(radio, code) {
  const steps = [];
  for (let state = begin(radio); ; ) {
    const step = advise(radio, state, code);
    steps.push(step);
    if (!step.times) return steps;
    for (let times = step.times; times; times -= 1) state = press(radio, state, step.key, code);
  }
}
