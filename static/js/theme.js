// Sets the chosen colours before the page is painted, so that the others never show. Without a choice the phone's own are
// used. The key is not "theme", which Django's admin uses.
try {
  const colours = localStorage.getItem("colours");
  if (colours === "light" || colours === "dark") document.documentElement.dataset.theme = colours;
} catch {
  // Storage is not allowed.
}
