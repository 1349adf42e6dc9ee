// The switch in the footer: light, dark, or as the phone has it.
export default function themeSwitch(fieldset) {
  const root = document.documentElement;
  const chosen = root.dataset.theme ?? "";
  fieldset.hidden = false;
  fieldset.querySelector(`input[value="${chosen}"]`).checked = true;
  fieldset.addEventListener("change", ({ target }) => {
    if (target.value) root.dataset.theme = target.value;
    else delete root.dataset.theme;
    try {
      if (target.value) localStorage.setItem("colours", target.value);
      else localStorage.removeItem("colours");
    } catch {
      // Storage is closed to us: the choice holds until the next page.
    }
  });
}
