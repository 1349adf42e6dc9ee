// When the site cannot be reached, the phone reads the text itself: by the rules and in the words of the site, of which
// the service worker keeps a copy. Without that, navigation.js does what it does for any form.
async function answer(status, text) {
  const { modules, data, words } = await (await fetch(status.dataset.reader ?? "reader.json")).json();
  const [{ reader }, { show }] = await Promise.all(modules.map((module) => import(module)));
  const reason = document.createElement("p");
  reason.className = "quiet";
  reason.textContent = words.note;
  status.replaceChildren(show(reader(data)(text), words), reason);
  htmx.process(status);
}

export default function offline(status) {
  function failed(event) {
    const box = event.target.elements?.text; // of the reader, or of the button that confirms its proposal
    if (!box) return;
    event.stopPropagation(); // or navigation.js would try the plain form at once
    const { type, detail } = event;
    answer(status, box.value.replaceAll("\n", "\r\n")) // as a form sends it
      .catch(() => document.body.dispatchEvent(new CustomEvent(type, { detail })));
  }

  for (const failure of ["htmx:sendError", "htmx:timeout"]) status.closest("main").addEventListener(failure, failed);
}
