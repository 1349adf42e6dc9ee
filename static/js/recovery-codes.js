// Copies or prints the recovery codes, which are shown once.
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
      getSelection().selectAllChildren(document.querySelector(copy.dataset.copy)); // for the user to copy
    }
  });
}
print.hidden = false;
print.addEventListener("click", () => window.print());
