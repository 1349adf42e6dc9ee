// Runs before the page is painted, so that a chosen theme never flashes. Without a choice the phone decides.
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed to us: then the phone decides.
}
