// Shows press by press how to enter the driver's own code. The digits are held here and in their text box only, and are
// cleared when the page is hidden or left. The page's policy forbids connections and forms.
import { advise, plan } from "./machine.js";

export default function coach(root, radio, restart) {
  const part = (name) => root.querySelector(`[data-part=${name}]`);
  const own = part("own");
  const { press, presses, confirm, plays, locked, other } = root.dataset;
  const tips = { plays, locked }; // by screen
  let code = ""; // the driver's; empty: no coach

  const words = ({ key, times, shows }) =>
    (times ? (times === 1 ? press : presses) : confirm)
      .replace("KEY", key)
      .replace("TIMES", times)
      .replace("SHOWS", shows);

  function lead(state) {
    const tip = code && advise(radio, state, code);
    part("lead").hidden = !code;
    part("given").hidden = Boolean(code);
    part("lead").textContent = tip ? words(tip) : (tips[state.name] ?? other);
    part("status").ariaLive = code ? "off" : "polite"; // the tip has it too
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
