// One question before an act that cannot be taken back: a dialog of the browser, which keeps the focus and gives it back.
import { at, fill, repeat } from "./dom.js";

export function ask({ title, lines, yes, risky = false }) {
  const dialog = document.getElementById("ask");
  fill(dialog, { title, yes });
  repeat(at(dialog, "lines"), "ask-line", lines, (row, words) => { row.textContent = words; });
  at(dialog, "yes").className = risky ? "button button--risk" : "button button--primary";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true });
  });
}
