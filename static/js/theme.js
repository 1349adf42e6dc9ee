// Runs before the page is painted, so that chosen colours never flash. Without a choice the phone decides. (The key is
// not "theme": that is where Django's admin keeps its own.)
try {
  const colours = localStorage.getItem("colours");
  if (colours === "light" || colours === "dark") document.documentElement.dataset.theme = colours;
} catch {
  // Storage is closed to us: then the phone decides.
}
