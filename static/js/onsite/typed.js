// A text that is stored while it is typed, an input method's unfinished syllables excepted. `update` brings in what has come from
// elsewhere, but never under the hands of whoever is typing.
export function wireTyped(area, { read, save }) {
  let kept = null;
  const keep = () => {
    if (area.value === kept) return;
    kept = area.value;
    save(kept);
  };
  area.addEventListener("input", (event) => {
    if (!event.isComposing) keep();
  });
  area.addEventListener("compositionend", keep);
  area.addEventListener("blur", () => {
    if (kept !== null) keep();
    kept = null;
  });
  return () => {
    if (document.activeElement !== area) area.value = read();
  };
}
