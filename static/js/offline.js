// When the site cannot be reached, the phone reads the text itself: by the rules and in the words of the site, which are
// fetched while there is signal. Where they did not come, navigation.js does what it does for any form.
export default async function offline(status) {
  try {
    // By the form's address: that of the page may be another one already.
    const address = status.dataset.reader ?? new URL("reader.json", status.previousElementSibling.action);
    const { modules, data, words } = await (await fetch(address)).json();
    const [{ reader }, { show }] = await Promise.all(modules.map((module) => import(module)));
    const read = reader(data);
    answerIn(status, (text) => show(read(text), words), words.note);
  } catch {
    // The signal has gone already.
  }
}

function answerIn(status, answerTo, note) {
  const reason = document.createElement("p");
  reason.className = "quiet";
  reason.textContent = note;

  function answer(event) {
    const box = event.target.elements?.text; // of the reader, or of the button that confirms its proposal
    if (!box) return;
    const text = box.value.replaceAll("\n", "\r\n"); // as a form sends it
    status.replaceChildren(answerTo(text), reason);
    htmx.process(status);
    event.stopPropagation(); // or navigation.js would try the plain form
  }

  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    status.closest("main").addEventListener(failure, answer);
  }
}
