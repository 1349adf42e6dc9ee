// Runs before the page is painted, so that chosen colours never flash. Without a choice the phone decides. (The key is
// not "theme": that is where Django's admin keeps its own.)
try {
  const theme = localStorage.getItem("colours");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed to us: then the phone decides.
}
