// Menus are <details> and open without scripts; this adds Escape, the click outside, and the arrow keys.
function close(menu, { focus = false } = {}) {
  menu.open = false;
  if (focus) menu.querySelector("summary").focus();
}

function move(menu, step) {
  const items = [...menu.querySelectorAll(".menu__list :is(a, button, input)")];
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length]?.focus();
}

function onKey(event) {
  const menu = event.target.closest?.(".menu[open]");
  if (!menu) return;
  if (event.key === "Escape") close(menu, { focus: true });
  else if (event.key === "ArrowDown") move(menu, 1);
  else if (event.key === "ArrowUp") move(menu, -1);
  else return;
  event.preventDefault();
}

export function wireMenus() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    document.querySelectorAll(".menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) close(menu);
    });
  });
  // The bottom sheet of sections is a :target; Escape and a chosen section close it.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.querySelector(".tasks:target")) location.hash = "#main";
  });
}
