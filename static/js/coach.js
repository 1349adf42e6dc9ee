// Leads press by press through the driver's own code. The digits are here and in the box they were typed into, nowhere
// else, and go when the page is hidden or left. The page's policy forbids connections and forms altogether.
import { advise, plan } from "./machine.js";

export default function coach(root, radio, restart) {
  const part = (name) => root.querySelector(`[data-part=${name}]`);
  const own = part("own");
  let code = ""; // the driver's; empty: no coach

  const words = ({ key, times, shows }) =>
    (times ? radio.words[times === 1 ? "press" : "presses"] : radio.words.confirm)
      .replace("KEY", key)
      .replace("TIMES", times)
      .replace("SHOWS", shows);

  function lead(state) {
    const tip = code && advise(radio, state, code);
    part("lead").hidden = !code;
    part("given").hidden = Boolean(code);
    part("lead").textContent = tip ? words(tip) : radio.words[state.name] ?? radio.words.patience;
  }

  function forget() {
    code = own.value = "";
    part("plan").replaceChildren();
    part("planned").hidden = true;
  }

  function start() {
    part("problem").hidden = /^[0-9]{4}$/.test(own.value);
    if (!part("problem").hidden) return own.focus();
    code = own.value;
    part("plan").replaceChildren(
      ...plan(radio, code).map((step) => {
        const item = document.createElement("li");
        item.textContent = words(step);
        return item;
      }),
    );
    part("planned").hidden = false;
    restart();
    root.scrollIntoView();
    return part("lead").focus({ preventScroll: true });
  }

  part("coach").hidden = false;
  part("start").addEventListener("click", start);
  own.addEventListener("keydown", ({ key }) => key === "Enter" && start());
  const leave = () => {
    if (!code && !own.value) return;
    forget();
    restart();
  };
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  addEventListener("pagehide", leave);
  return { code: () => code || radio.code, lead, forget };
}
