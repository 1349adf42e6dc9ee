// Keeps what an editor types into a form for content, in this tab only, until it is saved, discarded or signed out. When the
// form is opened again, after the sign-in ended or a fault, it comes back. Leaving a changed form asks.

const PREFIX = "typed:"; // before the address of the form
const SENT = "sent"; // the key of the form that was sent last
const NOT_TYPED = new Set(["hidden", "password", "file", "submit", "button", "fieldset"]);

const note = document.querySelector("[data-typed]");
const form = note && document.querySelector("#content-main > form");
const keyOf = (address) => PREFIX + new URL(address, location.href).pathname;

// ---- The storage of the tab. If it is not allowed, or full, nothing is kept.

function attempt(action) {
  try {
    return action(sessionStorage);
  } catch {
    return null;
  }
}
const kept = (key) => attempt((tab) => JSON.parse(tab.getItem(key)));
const keep = (key, value) => attempt((tab) => tab.setItem(key, JSON.stringify(value)));
const forget = (key) => attempt((tab) => tab.removeItem(key));

// ---- Every page of the admin

if (document.querySelector(".messagelist .success") && kept(SENT)) {
  forget(kept(SENT));
  forget(SENT);
}

if (location.pathname.endsWith("/logout/")) {
  attempt((tab) => Object.keys(tab).filter((key) => key.startsWith(PREFIX)).forEach(forget));
}

// The sign-in page, after a form was sent too late.
const waits = document.querySelector("[data-waits]");
if (waits && kept(keyOf(new URLSearchParams(location.search).get("next")))) {
  waits.hidden = false;
  document.querySelector("[data-lost]").hidden = true;
}

// Only the success of this form's own save counts.
document.addEventListener("submit", ({ target }) => target === form || forget(SENT));

// ---- A form for content

// Its fields by names that last, while another editor adds and deletes rows: "steps-3-text" is "steps/57/text" by the key of
// its row, or "steps/+0/text" by its place among the new ones.
function fields() {
  const all = Array.from(form.elements).filter(({ name, type, disabled }) => {
    return name && !disabled && !NOT_TYPED.has(type) && !name.startsWith("_") && !name.includes("__prefix__");
  });
  return new Map(all.map((field) => [lastingName(field.name), field]));
}

function lastingName(name) {
  const [, rows, number, field] = name.match(/^(.+)-(\d+)-(.+)$/) ?? [];
  const stored = form.elements[`${rows}-INITIAL_FORMS`]?.value;
  if (!stored) return name;
  const row = Number(number) < stored ? form.elements[`${rows}-${number}-id`].value : `+${number - stored}`;
  return `${rows}/${row}/${field}`;
}

const values = (options) => options.map(({ value }) => value).filter(Boolean).join("\n");

function isChanged(field) {
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  const byDefault = Array.from(field.options).filter((option) => option.defaultSelected);
  if (!byDefault.length && !field.multiple) byDefault.push(...Array.from(field.options).slice(0, 1));
  return values(Array.from(field.selectedOptions)) !== values(byDefault);
}

function valueOf(field) {
  if (field.type === "checkbox") return field.checked;
  return field.options ? Array.from(field.selectedOptions, ({ value, text }) => [value, text]) : field.value;
}

function fill(field, value) {
  if (field.type === "checkbox") field.checked = value;
  else if (!field.options) field.value = value;
  else {
    const chosen = new Map(value);
    const there = new Set(Array.from(field.options, (option) => option.value));
    for (const [key, text] of chosen) if (!there.has(key)) field.add(new Option(text, key)); // they are fetched while one searches
    for (const option of field.options) option.selected = chosen.has(option.value);
    django.jQuery(field).trigger("change"); // shows it in the list’s own box
  }
}

// Presses "Add another" as often as new rows were filled in.
function addRows(names) {
  for (const name of names) {
    const [, rows, place] = name.match(/^(.+)\/\+(\d+)\//) ?? [];
    if (!rows) continue;
    const count = (which) => Number(form.elements[`${rows}-${which}_FORMS`]?.value);
    const button = document.querySelector(`#${rows}-group .add-row a`);
    for (let missing = Number(place) + 1 - (count("TOTAL") - count("INITIAL")); button && missing > 0; missing -= 1) button.click();
  }
}

function begin() {
  const key = keyOf(location.href);
  const { user } = note.dataset;
  const wasRefused = "refused" in note.dataset; // the server filled in what was typed
  let leaving = false;
  let draft = kept(key);
  if (draft?.user !== user) draft = null;
  const rest = {}; // what was typed into rows that are gone

  function restore() {
    addRows(Object.keys(draft.typed));
    const found = fields();
    for (const [name, value] of Object.entries(draft.typed)) {
      if (found.has(name)) fill(found.get(name), value);
      else if (typeof value === "string") rest[name] = value;
    }
    form.elements.version.value = draft.version; // so that what others stored since is a conflict
    for (const text of Object.values(rest)) note.querySelector("ul").append(Object.assign(document.createElement("li"), { textContent: text }));
    note.querySelector("[data-gone]").hidden = !Object.keys(rest).length;
    note.hidden = !isDirty();
  }

  const isDirty = () => wasRefused || Object.keys(rest).length > 0 || Array.from(fields().values()).some(isChanged);

  function store() {
    const typed = { ...rest };
    for (const [name, field] of fields()) {
      if (isChanged(field) || (wasRefused && draft && name in draft.typed)) typed[name] = valueOf(field);
    }
    if (Object.keys(typed).length) keep(key, { user, version: form.elements.version.value, typed });
    else forget(key);
  }

  if (draft && !wasRefused) restore();
  django.jQuery(form).on("input change", store); // select2 and the calendar send events of jQuery only
  document.addEventListener("formset:removed", store);

  form.addEventListener("submit", ({ submitter }) => {
    store();
    if (submitter?.formTarget === "_blank") return; // a preview
    keep(SENT, key);
    leaving = true;
  });
  for (const link of form.querySelectorAll(".deletelink")) {
    link.addEventListener("click", ({ ctrlKey, metaKey }) => (leaving = !ctrlKey && !metaKey));
  }
  note.querySelector("button").addEventListener("click", () => {
    leaving = true;
    forget(key);
    location.replace(location.pathname + location.search);
  });
  addEventListener("beforeunload", (event) => !leaving && isDirty() && event.preventDefault());
  addEventListener("pagehide", () => leaving || store());
  addEventListener("pageshow", () => (leaving = false));
}

if (form) django.jQuery(begin); // after the scripts that build rows and lists
