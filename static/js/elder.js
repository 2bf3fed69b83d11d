// 长者模式 at once, without losing what is typed: the button's own form is sent behind the page, and the attribute the server
// would have set is set here. Without scripts the same button is an ordinary POST.
async function send(form, value) {
  const body = new FormData(form);
  body.set("elder", value);
  await fetch(form.action, { method: "POST", body, redirect: "manual" });
}

function toggle(event) {
  const button = event.currentTarget;
  event.preventDefault();
  const on = !document.documentElement.hasAttribute("data-elder");
  send(button.form, on ? "1" : "0").catch(() => {}); // offline: it still holds for this page
  document.documentElement.toggleAttribute("data-elder", on);
  button.textContent = on ? "标准模式" : "长者模式";
  document.dispatchEvent(new CustomEvent("theme-changed"));
}

export function wireElderMode() {
  document.querySelectorAll("[data-elder-toggle]").forEach((button) => button.addEventListener("click", toggle));
}
