// One dialog, filled by the server: <a href="/…/confirm/" hx-get="/…/confirm/" hx-target="#dialog-body">. Without scripts the
// same link opens the same confirmation as a page. Bootstrap keeps the focus inside and gives it back.
function modal() {
  const element = document.getElementById("dialog");
  return element && window.bootstrap ? window.bootstrap.Modal.getOrCreateInstance(element) : null;
}

export function openDialog() {
  modal()?.show();
}

export function closeDialog() {
  modal()?.hide();
}

export function wireDialogs() {
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "dialog-body") return;
    if (event.detail.target.childElementCount) openDialog();
    else closeDialog();
  });
  document.body.addEventListener("close-dialog", closeDialog);
  document.getElementById("dialog")?.addEventListener("shown.bs.modal", (event) => {
    event.target.querySelector("[autofocus], #errors, h2")?.focus();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#dialog [data-dismiss]")) return;
    event.preventDefault();
    closeDialog();
  });
}
