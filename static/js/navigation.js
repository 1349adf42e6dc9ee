// After htmx swaps <main>, or the question under a step, focus moves to its heading or message, as a page load would do.
document.body.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (elt.matches("main, .did")) elt.querySelector("[tabindex]").focus({ preventScroll: true });
  if (elt.matches("main, body")) showRows();
  if (elt.id === "check-result") answered(elt);
  enhance(elt);
});

// A button of the card is gone with the card. Focus goes to the button above it, so that the status region alone speaks,
// and what follows in the order of the keyboard is the new card.
function answered(card) {
  if (document.activeElement === document.body) card.closest("form").querySelector("button").focus({ preventScroll: true });
  if (card.getBoundingClientRect().top < 0) card.scrollIntoView();
}

// ---- Rows

const rows = () => Array.from(document.querySelectorAll("main details"));

// Rows that were opened are open again when the page comes back: htmx loads it anew after Back. As long as the tab is open.
function showRows() {
  document.querySelector(".menu").open = false;
  try {
    for (const number of JSON.parse(sessionStorage.getItem(`rows:${location.pathname}`)) ?? []) rows()[number].open = true;
  } catch {
    // Storage is not allowed, or the page has other rows now.
  }
  showTarget();
}

function storeRows() {
  const open = Array.from(rows().entries()).flatMap(([number, row]) => (row.open ? [number] : []));
  try {
    sessionStorage.setItem(`rows:${location.pathname}`, JSON.stringify(open));
  } catch {
    // Storage is not allowed.
  }
}

// Browsers open a closed row for the target inside it; older ones do not.
function showTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target?.closest("details:not([open])")) return;
  target.closest("details").open = true;
  target.scrollIntoView();
}

addEventListener("hashchange", showTarget);

document.addEventListener("toggle", ({ target }) => target.matches("main details") && storeRows(), { capture: true });

// The menu closes when something else is tapped, or with Escape.
document.addEventListener("click", ({ target }) => {
  const menu = document.querySelector(".menu[open]");
  if (menu && !menu.contains(target)) menu.open = false;
});
document.addEventListener("keydown", ({ key }) => {
  const menu = document.querySelector(".menu[open]");
  if (!menu || key !== "Escape") return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Browsers print closed rows as they are styled for paper; older ones need them open.
addEventListener("beforeprint", () => {
  for (const row of rows()) row.open = true;
});

// ---- Failures

// When htmx cannot finish a request (no signal, an error page, five seconds without an answer), the link or form works
// as it does without htmx, so that the browser shows an error page.
function retryWithoutHtmx({ detail: { elt, requestConfig } }) {
  // An answer to a step may have been counted, so it is not sent again.
  const { unsent } = elt.dataset;
  if (unsent) (elt.querySelector("[role=status]") ?? requestConfig.triggeringEvent.submitter).textContent = unsent;
  else if (elt instanceof HTMLFormElement) submitWithoutHtmx(elt);
  else if (elt.href) location.assign(elt.href);
}

// The form is sent only if the site answers; otherwise the text stays in the box.
async function submitWithoutHtmx(form) {
  try {
    await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(5000) });
    HTMLFormElement.prototype.submit.call(form);
  } catch {
    const status = document.querySelector("[data-offline]");
    if (status) status.textContent = status.dataset.offline;
  }
}

for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.body.addEventListener(failure, retryWithoutHtmx);
}

// Starts the module that an element names in data-module, with the element. Modules are fetched only where they are used:
// one whose element is hidden in a closed row is fetched when the row opens.
function enhance(root) {
  for (const element of root.querySelectorAll("[data-module]")) {
    const closed = element.hidden && element.closest("details:not([open])");
    if (closed) closed.addEventListener("toggle", () => start(element), { once: true });
    else start(element);
  }
}

// If the module cannot be fetched, its element stays as it is.
function start(element) {
  import(element.dataset.module).then(
    ({ default: begin }) => element.isConnected && begin(element),
    () => {},
  );
}

async function keepPages(worker) {
  if (document.documentElement.dataset.worker === "off") return (await worker.getRegistration())?.update();
  const { controller } = worker; // before a new worker takes over
  await worker.register("/sw.js", { updateViaCache: "none" });
  if (controller) return;
  // The worker did not see this page load, so it is told what was loaded.
  const { active } = await worker.ready;
  // While it is activating it deletes files that no kept page names: it would delete those that it is told of now.
  if (active.state === "activating") await new Promise((done) => active.addEventListener("statechange", done));
  active.postMessage(performance.getEntriesByType("resource").map(({ name }) => name));
}

if ("htmx" in window) {
  // Keeps pages on the phone. Starts after the page has loaded, and not on phones that save data.
  const worker = navigator.serviceWorker;
  if (worker && !navigator.connection?.saveData) addEventListener("load", () => keepPages(worker).catch(() => {}));
} else {
  enhance(document); // practice pages have no htmx, so there is no htmx:load
}
