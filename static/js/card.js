// The answer card as elements: templates/guides/_answer.html once more, without pictures. What was typed enters it as
// text only; the severities are the server's own HTML.

const DATA = ["verdict", "serial", "messages", "asks", "radio", "generations", "questions", "guide"];

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children.flat().filter(Boolean));
  return made;
}

const lit = (text) => element("span", { class: "display" }, text);
const paragraph = (text, look) => text && element("p", look ? { class: look } : {}, text);

function tappable(each, look = {}, ...more) {
  const label = each.picture === "display" ? lit(each.label) : each.label;
  if (each.href) return element("a", { ...look, href: each.href }, label, ...more);
  return element("button", { ...look, name: "change", value: each.change }, label, ...more);
}

function waysOut(links) {
  const parts = links.flatMap((each) => [tappable(each), " "]);
  return parts.length > 0 && element("p", { class: "links" }, parts);
}

function alertOf({ alert: { severity, is_literal: isLiteral, display }, sentence, more }, severities) {
  const shown = isLiteral ? lit(display) : element("strong", {}, display);
  const alert = element("div", { class: "alert" }, shown, paragraph(sentence, "do"), paragraph(more));
  alert.dataset.severity = severity;
  alert.insertAdjacentHTML("afterbegin", severities[severity]);
  return alert;
}

function whatToDo({ question, sentence, more, serial }) {
  return [
    paragraph(question, "asked-for"),
    paragraph(sentence, "do"),
    paragraph(more),
    serial && element("p", { class: "serial" }, lit(serial)),
  ];
}

function chips(understood, words) {
  const cross = () => element("span", { "aria-hidden": "true" }, "✕");
  const back = () => element("span", { class: "unseen" }, words.back);
  const chip = (each) => tappable(each, { class: "chip" }, " ", cross(), back());
  const group = { class: "chips", role: "group", "aria-label": words.understood };
  return understood.length > 0 && element("div", group, understood.map(chip));
}

function asked({ question, choices, others }) {
  const all = element("div", { class: "chips" }, choices.map((each) => tappable(each)));
  return element("fieldset", {}, element("legend", {}, question), all, waysOut(others));
}

function suggested(suggestions) {
  const item = (each) => element("li", {}, tappable(each), " ", each.short);
  return suggestions.length > 0 && element("ul", { class: "suggestions" }, suggestions.map(item));
}

export function card(answer, { words, severities }) {
  const data = Object.fromEntries(DATA.map((name) => [`data-${name}`, [answer[name]].flat().join(" ")]));
  return element(
    "div",
    { id: "check-result", class: "answer", ...data },
    answer.alert ? alertOf(answer, severities) : whatToDo(answer),
    answer.notes.map((note) => paragraph(note)),
    answer.button && tappable(answer.button, { class: "main" }),
    chips(answer.understood, words.card),
    answer.missing && asked(answer.missing),
    suggested(answer.suggestions),
    waysOut(answer.exits),
  );
}
