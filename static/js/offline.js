// Reads a text on the phone when the site cannot be reached, with the rules and words of the site, which are fetched
// while there is signal. If they were not fetched, navigation.js handles the form.
export default async function offline(status) {
  try {
    // From the address of the form, because htmx may have changed the address of the page.
    const address = status.dataset.reader ?? new URL("reader.json", status.closest("form").action);
    const { modules, data, words } = await (await fetch(address)).json();
    const [{ reader }, { show }] = await Promise.all(modules.map((module) => import(module)));
    const read = reader(data);
    answerIn(status, (text) => show(read(text), words), words.note);
  } catch {
    // There is no signal.
  }
}

function answerIn(status, answerTo, note) {
  const reason = document.createElement("p");
  reason.className = "quiet";
  reason.textContent = note;

  function answer(event) {
    const box = event.target.elements?.text; // of the text box, or of the button that confirms a proposed serial
    if (!box) return;
    const text = box.value.replaceAll("\n", "\r\n"); // as forms send it
    status.replaceChildren(answerTo(text), reason);
    htmx.process(status);
    event.stopPropagation(); // navigation.js would send the form again
  }

  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    status.closest("main").addEventListener(failure, answer);
  }
}
