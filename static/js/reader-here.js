// The reader of a guide that is one file: its rules and its words stand in the file, and nothing is asked of the site.
import { reader } from "./reader.js";
import { show } from "./verdict.js";

export default function readerHere(status) {
  const { data, words } = JSON.parse(document.getElementById("reader-data").textContent);
  const read = reader(data);
  status.closest("main").addEventListener("submit", (event) => {
    event.preventDefault(); // of the reader, or of the button that confirms its proposal
    const text = event.target.elements.text.value.replaceAll("\n", "\r\n"); // as a form sends it
    status.replaceChildren(show(read(text), words));
  });
}
