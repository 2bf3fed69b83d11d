// Lists of the bureau by keyboard: ↑ ↓ move a cursor over the rows, Enter opens, Space chooses; a box in the head chooses all.
import { announce } from "./announce.js";

function rows(table) {
  return [...table.querySelectorAll("tbody > tr:not(.group, .remark)")];
}

function move(table, from, step) {
  const all = rows(table);
  const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(from) + step))];
  if (!next) return;
  from.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function onKey(event) {
  const row = event.target;
  if (row.tagName !== "TR") return;
  const table = event.currentTarget;
  const steps = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: 10, PageUp: -10 };
  if (event.key in steps) move(table, row, steps[event.key]);
  else if (event.key === "Enter") row.querySelector("a[href]")?.click();
  else if (event.key === " ") row.querySelector("input[type=checkbox]")?.click();
  else return;
  event.preventDefault();
}

function showChosen(table) {
  const boxes = [...table.querySelectorAll("tbody input[type=checkbox][name]")];
  boxes.forEach((box) => box.closest("tr").setAttribute("aria-selected", String(box.checked)));
  const chosen = boxes.filter((box) => box.checked).length;
  const bar = document.querySelector(`[data-bulk-of="${table.id}"]`);
  if (bar) {
    bar.hidden = chosen === 0;
    bar.querySelector("[data-chosen]").textContent = String(chosen);
  }
  const all = table.querySelector("[data-choose-all]");
  if (all) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  return chosen;
}

function wireChoosing(table) {
  if (!table.querySelector("tbody input[type=checkbox][name]")) return;
  table.addEventListener("change", (event) => {
    if (event.target.matches("[data-choose-all]")) {
      table.querySelectorAll("tbody input[type=checkbox][name]").forEach((box) => { box.checked = event.target.checked; });
    }
    announce(`已选 ${showChosen(table)} 行`);
  });
  showChosen(table);
}

// The column chooser hides cells by their place; the choice stays in this browser, for this table.
function wireColumns(table) {
  const key = `columns:${table.id}`;
  const boxes = [...document.querySelectorAll(`[data-column-of="${table.id}"]`)];
  const hidden = new Set(JSON.parse(localStorage.getItem(key) || "[]"));
  const apply = () => boxes.forEach((box) => {
    const place = Number(box.value);
    box.checked = !hidden.has(place);
    for (const row of table.rows) if (row.cells[place - 1]) row.cells[place - 1].hidden = hidden.has(place);
  });
  boxes.forEach((box) => box.addEventListener("change", () => {
    if (box.checked) hidden.delete(Number(box.value));
    else hidden.add(Number(box.value));
    localStorage.setItem(key, JSON.stringify([...hidden]));
    apply();
  }));
  if (boxes.length) apply();
}

export function wireTables(root) {
  root.querySelectorAll("table[data-keys]").forEach((table) => {
    rows(table).forEach((row, at) => { row.tabIndex = at === 0 ? 0 : -1; });
    table.addEventListener("keydown", onKey);
  });
  root.querySelectorAll("table[id]").forEach((table) => {
    wireChoosing(table);
    wireColumns(table);
  });
}
