// Recovery codes are shown once: a copy or a print of them is one press away.
const copy = document.querySelector("[data-copy]");
const print = document.querySelector("[data-print]");

if (navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    const codes = document.querySelectorAll(`${copy.dataset.copy} li`);
    try {
      await navigator.clipboard.writeText([...codes].map((code) => code.textContent).join("\n"));
      copy.textContent = copy.dataset.done;
    } catch {
      getSelection().selectAllChildren(document.querySelector(copy.dataset.copy)); // to be copied by hand
    }
  });
}
print.hidden = false;
print.addEventListener("click", () => window.print());
