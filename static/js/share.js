// Hand the page on: the phone's own share sheet where there is one, else a copy of the address.
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
      // The driver closed the share sheet.
    }
  });
}
