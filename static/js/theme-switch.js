// The switch in the footer: light, dark, or as the phone has it.
const root = document.documentElement;

// The bars of the browser take the colour of the paper.
function paintBars() {
  const paper = getComputedStyle(root).backgroundColor;
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) meta.content = paper;
}

export default function themeSwitch(fieldset) {
  fieldset.hidden = false;
  fieldset.querySelector(`input[value="${root.dataset.theme ?? ""}"]`).checked = true;
  paintBars();
  fieldset.addEventListener("change", ({ target }) => {
    if (target.value) root.dataset.theme = target.value;
    else delete root.dataset.theme;
    paintBars();
    try {
      if (target.value) localStorage.setItem("colours", target.value);
      else localStorage.removeItem("colours");
    } catch {
      // Storage is closed to us: the choice holds until the next page.
    }
  });
}
