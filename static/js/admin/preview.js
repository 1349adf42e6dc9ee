// Scrolls the pages of a preview to the first thing that is different.
addEventListener("load", () => {
  for (const { contentDocument: page, contentWindow: view } of document.querySelectorAll(".frame iframe")) {
    const top = page.querySelector("[data-changed]")?.getBoundingClientRect().top ?? 0;
    view.scrollTo(0, top - view.innerHeight / 4);
  }
});
