// Reads a text on the phone when the site cannot be reached, with the rules, rows and words of the site, which are
// fetched when the box first gets the focus. If they were not fetched, navigation.js handles the form.
export default function offline(status) {
  const form = status.closest("form");
  let isFetched = null;
  const fetchOnce = () => {
    isFetched ??= prepare(form, status).catch(() => {
      isFetched = null; // there is no signal: try again at the next focus
    });
  };
  form.addEventListener("focusin", fetchOnce);
  if (form.contains(document.activeElement)) fetchOnce(); // the box got the focus before this module came
}

async function prepare(form, status) {
  // From the address of the form, because htmx may have changed the address of the page.
  const address = status.dataset.reader ?? new URL("reader.json", form.action);
  const { modules, data, site, note } = await (await fetch(address)).json();
  const parts = await Promise.all(modules.map((module) => import(module)));
  const { reader, tidier, editor, answering, card } = Object.assign({}, ...parts);
  const read = reader(data);
  const answer = answering(site);
  answerIn(form, status, note, (text) => card(answer(read(text)), site), editor(data, tidier(data.tidy)));
}

function answerIn(form, status, note, cardOf, changed) {
  const reason = document.createElement("p");
  reason.className = "quiet";
  reason.textContent = note;

  function answer(event) {
    if (event.target !== form) return;
    const box = form.elements.text;
    const { change } = event.detail.requestConfig.parameters;
    if (change) box.value = changed(box.value, change);
    const card = cardOf(box.value);
    status.replaceChildren(card, reason);
    htmx.process(status);
    htmx.trigger(card, "htmx:load"); // as if htmx had swapped it, so that navigation.js moves the focus
    event.stopPropagation(); // navigation.js would send the form again
  }

  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    status.closest("main").addEventListener(failure, answer);
  }
}
