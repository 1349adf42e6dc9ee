// Shows a verdict with the server's own templates: guides/offline/verdicts.py renders them with a mark in the place of each
// value. Values are inserted as text, so nothing that was typed becomes HTML.
export function show(verdict, words) {
  const values = {
    ...verdict,
    tidied: verdict.tidied.map((change) => words.tidied[change]).join(", "),
    lines: verdict.lines.map(({ text, kind }) => ({ text, kind: words.kinds[kind] })),
  };
  const marks = new RegExp(`[${Object.keys(words.marks).join("")}]`, "g");
  const box = document.createElement("div");
  box.innerHTML = wordsFor(verdict, words);
  const answer = box.firstElementChild;

  // The names of the values that an element shows.
  function namesIn(element) {
    return Array.from(element.outerHTML.match(marks) ?? [], (mark) => words.marks[mark].split(".")[0]);
  }

  function fill(element, known) {
    const valueOf = (mark) => {
      const [name, field] = words.marks[mark].split(".");
      return (field ? known[name]?.[field] : known[name]) ?? mark;
    };
    for (const place of placesIn(element)) place.nodeValue = place.nodeValue.replace(marks, valueOf);
    return element;
  }

  for (const part of [...answer.children]) {
    if (namesIn(part).some((name) => values[name].length === 0)) part.remove(); // its value is empty
  }
  for (const item of answer.querySelectorAll("li, form")) {
    const list = namesIn(item).find((name) => Array.isArray(values[name]));
    if (list) item.replaceWith(...values[list].map((value) => fill(item.cloneNode(true), { [list]: value })));
  }
  return fill(answer, values);
}

// The HTML for this verdict, or for the most specific one that includes it.
function wordsFor({ kind, slug, year, overLimit, also, serial }, { shapes, lines }) {
  const shape = [kind, slug || year || (overLimit && "over-limit"), ...also, serial[0]].filter(Boolean);
  while (shape.length > 1 && !(shape.join(" ") in shapes)) shape.pop();
  return shapes[shape.join(" ")].map((number) => lines[number]).join("\n");
}

// Every attribute and every text.
function* placesIn(element) {
  yield* element.attributes;
  for (const node of element.childNodes) {
    if (node.nodeType === Node.ELEMENT_NODE) yield* placesIn(node);
    else yield node;
  }
}
