// The answer to what somebody typed, in the words of the server's own templates: guides/offline_reader.py sends them with
// a mark wherever a value goes. Values are put in as text, so nothing that was typed becomes HTML.
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

  // The values that have a place in an element.
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
    if (namesIn(part).some((name) => values[name].length === 0)) part.remove(); // there is nothing to say
  }
  for (const item of answer.querySelectorAll("li, form")) {
    const list = namesIn(item).find((name) => Array.isArray(values[name]));
    if (list) item.replaceWith(...values[list].map((value) => fill(item.cloneNode(true), { [list]: value })));
  }
  return fill(answer, values);
}

// Those for exactly this verdict, or else for the next more general one that has its own.
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
