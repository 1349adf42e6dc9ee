// What a whole page load would have done, done for a swapped <main>: the reader starts at the new heading.
document.body.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (elt.matches("main")) elt.querySelector("h1").focus({ preventScroll: true });
});

// When htmx cannot finish a request (no signal, an error page, five seconds without an answer), do what the plain
// link or form would have done: the browser then shows its own page, or ours for the error.
function plainly({ detail: { elt } }) {
  if (elt instanceof HTMLFormElement) HTMLFormElement.prototype.submit.call(elt);
  else if (elt.href) location.assign(elt.href);
}

for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.body.addEventListener(failure, plainly);
}
