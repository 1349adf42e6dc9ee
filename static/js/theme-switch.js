// The choice of colours in the menu: light, dark, or the phone's own.
const root = document.documentElement;

// Gives the bars of the browser the background colour of the page.
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
      // Storage is not allowed: the choice lasts until the next page.
    }
  });
}
