// When htmx cannot finish a request (no signal, an error page, five seconds without an answer), do what the plain
// link or form would have done: the browser then shows its own page, or ours for the error.
function plainly(event) {
  const element = event.detail.elt;
  if (element instanceof HTMLFormElement) HTMLFormElement.prototype.submit.call(element);
  else if (element.href) location.assign(element.href);
}

for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.body.addEventListener(failure, plainly);
}
