// What a whole page load would have done, done for a swapped <main>: the reader starts at the new heading. And at the
// question under a step, or at what became of the answer.
document.body.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (elt.matches("main, .did")) elt.querySelector("[tabindex]").focus({ preventScroll: true });
  enhance(elt);
});

// When htmx cannot finish a request (no signal, an error page, five seconds without an answer), do what the plain
// link or form would have done: the browser then shows its own page, or ours for the error.
function plainly({ detail: { elt, requestConfig } }) {
  // What is counted may have arrived all the same: it is not sent a second time.
  const { unsent } = elt.dataset;
  if (unsent) (elt.querySelector("[role=status]") ?? requestConfig.triggeringEvent.submitter).textContent = unsent;
  else if (elt instanceof HTMLFormElement) submitPlainly(elt);
  else if (elt.href) location.assign(elt.href);
}

// A form only where there is somebody to take it: otherwise the text stays in the box.
async function submitPlainly(form) {
  try {
    await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(5000) });
    HTMLFormElement.prototype.submit.call(form);
  } catch {
    const status = document.querySelector("[data-offline]");
    if (status) status.textContent = status.dataset.offline;
  }
}

for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.body.addEventListener(failure, plainly);
}

// Parts that can do more with script name their module, which is fetched only where it is used. It gets the element.
// Without signal a module stays away, and its part stays as it is.
function enhance(root) {
  for (const element of root.querySelectorAll("[data-module]")) {
    import(element.dataset.module).then(
      ({ default: start }) => element.isConnected && start(element),
      () => {},
    );
  }
}

async function keepPages(worker) {
  if (document.documentElement.dataset.worker === "off") return (await worker.getRegistration())?.update();
  await worker.register("/sw.js", { updateViaCache: "none" });
  return worker.controller || (await worker.ready).active.postMessage("keep"); // this page came before its worker
}

if ("htmx" in window) {
  // Pages on the phone, for places without signal: after everything else, and not for those who save data.
  const worker = navigator.serviceWorker;
  if (worker && !navigator.connection?.saveData) addEventListener("load", () => keepPages(worker).catch(() => {}));
} else {
  enhance(document); // the practice pages do without htmx, so nothing else announces their <main>
}
