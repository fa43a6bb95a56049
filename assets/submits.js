// A second press on the same button does nothing while the first is on its way.
export function guardSubmits(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "get") return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "1";
    // After the browser has read the pressed button; a disabled one would not be sent.
    setTimeout(() => {
      for (const button of form.querySelectorAll("button[type=submit]")) {
        button.setAttribute("aria-disabled", "true");
        button.classList.add("disabled");
      }
    }, 0);
  });
  // Coming back with the browser's own button shows the page as it was left.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sending]")) {
      delete form.dataset.sending;
      for (const button of form.querySelectorAll("button.disabled[aria-disabled]")) {
        button.removeAttribute("aria-disabled");
        button.classList.remove("disabled");
      }
    }
  });
}
