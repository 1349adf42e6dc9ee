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
    part("lead").textContent = tip ? words(tip) : (radio.coach[state.name] ?? radio.coach.other);
    part("status").ariaLive = code ? "off" : "polite"; // the coach speaks for both
  }

  function forget() {
    part("cleared").hidden = !code;
    code = own.value = "";
    part("plan").replaceChildren();
    part("planned").hidden = part("problem").hidden = true;
  }

  function start() {
    const digits = own.value.replaceAll(/[\s-]/g, "");
    const good = /^[0-9]{4}$/.test(digits);
    part("problem").hidden = good;
    part("cleared").hidden = true;
    own.ariaInvalid = String(!good);
    if (!good) return own.focus();
    code = digits;
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
  part("forget").addEventListener("click", () => {
    forget();
    part("cleared").hidden = true;
    restart();
    own.focus();
  });
  return { code: () => code || radio.code, lead, forget };
}
