// Step by step: keep the screen on, and read the step aloud. Each appears only where the phone can do it.
let lock = null;
let wanted = false; // outlives a step, because the next one is swapped in
let box = null; // the switch of the step that is there now

async function ask() {
  if (!wanted || document.visibilityState !== "visible") return;
  try {
    const got = await navigator.wakeLock.request("screen");
    if (wanted) lock = got;
    else got.release(); // the driver changed their mind meanwhile
  } catch {
    wanted = box.checked = false; // low battery, for example: the switch must not claim what is not so
  }
}

function letGo() {
  wanted = false;
  lock?.release();
  lock = null;
}

// A phone drops the lock when the page is hidden; the driver still wants it on return.
document.addEventListener("visibilitychange", ask);

// Another step, or another page without any.
document.body.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (!elt.matches("main")) return;
  window.speechSynthesis?.cancel();
  if (!elt.querySelector(".tools")) letGo();
});

function keepScreenOn() {
  if (!("wakeLock" in navigator)) return;
  box.closest("label").hidden = false;
  box.checked = wanted;
  box.addEventListener("change", () => {
    if (!box.checked) return letGo();
    wanted = true;
    return ask();
  });
}

// Only a voice on the phone itself: the others send the text away, and need signal.
function localVoice() {
  const { lang } = document.documentElement;
  const voices = speechSynthesis.getVoices().filter((voice) => voice.localService);
  return (
    voices.find((voice) => voice.lang.toLowerCase() === lang) ??
    voices.find((voice) => voice.lang.startsWith(lang.slice(0, 2)))
  );
}

// The warning, what to do, the keys, and what the drawing shows.
function wordsOf(step) {
  const parts = step.querySelectorAll(".severity, p:not(.severity, .others), .keys, [role='img']");
  return Array.from(parts, (part) => part.getAttribute("aria-label") ?? part.innerText).join(". ");
}

function readAloud(button, step) {
  if (!("speechSynthesis" in window)) return;
  const offer = () => {
    button.hidden = !localVoice();
  };
  offer();
  speechSynthesis.onvoiceschanged = offer;
  button.addEventListener("click", () => {
    if (speechSynthesis.speaking) return speechSynthesis.cancel();
    const words = new SpeechSynthesisUtterance(wordsOf(step));
    words.voice = localVoice();
    words.lang = words.voice.lang;
    return speechSynthesis.speak(words);
  });
}

export default function steps(tools) {
  box = tools.querySelector("input");
  keepScreenOn();
  readAloud(tools.querySelector("button"), document.querySelector(".now"));
}
