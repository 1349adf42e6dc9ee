// Shares the page with the phone's share sheet, or copies its address.
export default function share(button) {
  const url = location.origin + location.pathname;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if (navigator.share) await navigator.share({ title: document.title, url });
      else {
        await navigator.clipboard.writeText(url);
        button.textContent = button.dataset.copied;
      }
    } catch {
      // The share sheet was closed.
    }
  });
}
