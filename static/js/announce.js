// Says something to a screen reader without moving the focus.
export function announce(text) {
  const line = document.getElementById("announce");
  if (!line) return;
  line.textContent = "";
  requestAnimationFrame(() => { line.textContent = text; });
}
