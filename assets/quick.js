// A form marked with data-quick is sent with Ctrl and Enter from any of its fields.
export function sendQuickly(root) {
  root.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("form[data-quick]");
    if (!form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
}
