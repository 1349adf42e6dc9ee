// Step mode: keeps the screen on and reads the action aloud, on phones that can.
let lock = null;
let wanted = false; // stays true when the next step is swapped in
let box = null; // the checkbox of the current step

async function ask() {
  if (!wanted || document.visibilityState !== "visible") return;
  try {
    const got = await navigator.wakeLock.request("screen");
    lock?.release(); // of an earlier request: pressed twice, or the page was hidden
    lock = got;
    if (!wanted) release(); // it was switched off meanwhile
  } catch {
    wanted = box.checked = false; // refused, for example because the battery is low
  }
}

function release() {
  wanted = false;
  lock?.release();
  lock = null;
}

// A phone releases the lock when the page is hidden, so it is asked for again when the page is shown.
document.addEventListener("visibilitychange", ask);

// On another step, and on a page without steps.
document.body.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (!elt.matches("main")) return;
  window.speechSynthesis?.cancel();
  if (!elt.querySelector(".tools")) release();
});

function keepScreenOn() {
  if (!("wakeLock" in navigator)) return;
  box.closest("label").hidden = false;
  box.checked = wanted;
  box.addEventListener("change", () => {
    if (!box.checked) return release();
    wanted = true;
    return ask();
  });
}

// A voice of the phone itself. Other voices need signal and send the text to a service.
function localVoice() {
  const { lang } = document.documentElement;
  const voices = speechSynthesis.getVoices().filter((voice) => voice.localService);
  return (
    voices.find((voice) => voice.lang.toLowerCase() === lang) ??
    voices.find((voice) => voice.lang.startsWith(lang.slice(0, 2)))
  );
}

// The text to read: what to do, with the keys, and what the drawing shows.
function wordsOf(step) {
  const parts = step.querySelectorAll("p, [role='img']");
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
