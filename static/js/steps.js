// Step by step: keep the screen on, and read the step aloud. Each appears only where the phone can do it.
let lock = null;
let wanted = false; // outlives a step, because the next one is swapped in

async function ask() {
  if (!wanted || document.visibilityState !== "visible") return;
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch {
    lock = null; // low battery, for example: nothing that the driver could do about it
  }
}

// A phone drops the lock when the page is hidden; the driver still wants it on return.
document.addEventListener("visibilitychange", ask);

function keepScreenOn(box) {
  if (!("wakeLock" in navigator)) return;
  box.closest("label").hidden = false;
  box.checked = wanted;
  box.addEventListener("change", () => {
    wanted = box.checked;
    if (wanted) ask();
    else lock?.release();
  });
}

// Only a voice on the phone itself: the others send the text away, and need signal.
function localVoice() {
  const language = document.documentElement.lang.slice(0, 2);
  return speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.startsWith(language));
}

function readAloud(button, text) {
  if (!("speechSynthesis" in window)) return;
  const offer = () => {
    button.hidden = !localVoice();
  };
  offer();
  speechSynthesis.addEventListener("voiceschanged", offer);
  speechSynthesis.cancel();
  button.addEventListener("click", () => {
    const words = new SpeechSynthesisUtterance(text);
    words.voice = localVoice();
    speechSynthesis.cancel();
    speechSynthesis.speak(words);
  });
}

export default function steps(tools) {
  keepScreenOn(tools.querySelector("input"));
  readAloud(tools.querySelector("button"), document.querySelector("[data-aloud]").innerText);
}
