// The board of recommendations: drag by the handle, 上移 下移, ↑ ↓ in the box, or type a place; the typed places are what is saved.
// Without this script the same places are typed and saved by the same button.
import { announce } from "./announce.js";

const items = (list) => [...list.querySelectorAll(":scope > li[data-entry]")];
const place = (item) => item.querySelector("input[name^='rank-']");
const nameOf = (item) => item.querySelector(".rows__name").textContent.trim();

function renumber(list) {
  items(list).forEach((item, at) => { place(item).value = String(at + 1); });
  const all = items(list);
  all.forEach((item, at) => {
    const [up, down] = ["-1", "1"].map((step) => item.querySelector(`[data-move="${step}"]`));
    if (up) up.disabled = at === 0 || all[at - 1].dataset.kept !== undefined;
    if (down) down.disabled = at === all.length - 1 || all[at + 1].dataset.kept !== undefined;
  });
}

function changed(list) {
  const form = document.getElementById(list.dataset.ranks);
  const note = list.parentElement.querySelector("[data-unsaved]");
  if (note) note.hidden = false;
  list.parentElement.querySelector("[data-save-order]")?.classList.add("button--primary");
  form.dataset.unsaved = "";
}

function shift(list, item, step) {
  const all = items(list);
  const other = all[all.indexOf(item) + step];
  if (!other || other.dataset.kept !== undefined || item.dataset.kept !== undefined) return;
  if (step < 0) list.insertBefore(item, other);
  else list.insertBefore(other, item);
  renumber(list);
  changed(list);
  announce(`${nameOf(item)}移到第 ${place(item).value} 名`);
}

// A typed place moves the file there; what it pushes aside keeps its order. Files taken over by the level above do not move.
function typed(list, item) {
  const wanted = Number.parseInt(place(item).value, 10);
  const others = items(list).filter((each) => each !== item);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > others.length + 1) {
    changed(list);
    return;
  }
  list.insertBefore(item, others[wanted - 1] ?? null);
  renumber(list);
  changed(list);
  announce(`${nameOf(item)}移到第 ${wanted} 名`);
}

function wire(list) {
  list.querySelectorAll("[data-move]").forEach((button) => { button.hidden = false; });
  renumber(list);
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const item = button.closest("li");
    shift(list, item, Number(button.dataset.move));
    if (button.disabled) item.querySelector("[data-move]:not(:disabled)")?.focus();
    else button.focus();
  });
  list.addEventListener("change", (event) => {
    if (event.target.matches("input[name^='rank-']")) typed(list, event.target.closest("li"));
  });
  list.addEventListener("keydown", (event) => {
    if (!event.target.matches("input[name^='rank-']") || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    shift(list, event.target.closest("li"), event.key === "ArrowUp" ? -1 : 1);
    event.target.focus();
  });
  if (!window.Sortable) return;
  window.Sortable.create(list, {
    handle: "[data-grip]",
    draggable: "li[data-entry]",
    animation: 120,
    onMove: (event) => event.related.dataset.kept === undefined,
    onEnd: (event) => {
      renumber(list);
      if (event.oldIndex === event.newIndex) return;
      changed(list);
      announce(`${nameOf(event.item)}移到第 ${place(event.item).value} 名`);
    },
  });
}

document.querySelectorAll("ol[data-ranks]").forEach(wire);
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-unsaved]:not([data-sending])")) event.preventDefault();
});
document.addEventListener("submit", (event) => {
  // Whatever is saved next, the order dragged on this page goes along first or is asked about.
  if (event.target.matches("form[data-board]")) event.target.dataset.sending = "";
});
