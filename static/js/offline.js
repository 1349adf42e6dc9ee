// Reads a text on the phone and answers it when the site cannot be reached, with the rules, rows and words of the site,
// which are fetched while there is signal. If they were not fetched, navigation.js handles the form.
export default async function offline(status) {
  try {
    // From the address of the form, because htmx may have changed the address of the page.
    const address = status.dataset.reader ?? new URL("reader.json", status.closest("form").action);
    const { modules, data, ...site } = await (await fetch(address)).json();
    const parts = await Promise.all(modules.map((module) => import(module)));
    const { reader, tidier, editor, answerer, card } = Object.assign({}, ...parts);
    const [read, changed, answer] = [reader(data), editor(data, tidier(data.tidy)), answerer(site)];
    answerIn(status, changed, (text) => card(answer(read(text)), site.words.card), site.note);
  } catch {
    // There is no signal.
  }
}

function answerIn(status, changed, answerTo, note) {
  const reason = document.createElement("p");
  reason.className = "quiet";
  reason.textContent = note;

  function answer(event) {
    const box = event.target.elements?.text;
    if (!box) return;
    const { submitter } = event.detail.requestConfig.triggeringEvent;
    if (submitter?.name === "change") box.value = changed(box.value, submitter.value);
    const card = answerTo(box.value);
    status.replaceChildren(card, reason);
    htmx.process(status);
    htmx.trigger(card, "htmx:load"); // as if htmx had swapped it: navigation.js moves the focus
    event.stopPropagation(); // navigation.js would send the form again
  }

  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    status.closest("main").addEventListener(failure, answer);
  }
}
