// What a save leads to, put into the page: task list, checks, summary, messages beside controls and under rows. What the
// person is typing into right now is left alone until they leave it.
import { showOthers } from "./form-presence.js";

function inHand(element) {
  return Boolean(element) && element.contains(document.activeElement);
}

function replace(id, html) {
  const element = document.getElementById(id);
  if (element && !inHand(element) && element.innerHTML !== html) element.innerHTML = html;
}

function showField(id, message) {
  const control = document.getElementById(id);
  const box = document.getElementById(`${id}-box`);
  const line = document.getElementById(`${id}-error`);
  if (!line || (message && inHand(box))) return;
  line.querySelector("[data-message]").textContent = message;
  line.hidden = !message;
  box.classList.toggle("field--wrong", Boolean(message));
  if (message) control?.setAttribute("aria-invalid", "true");
  else control?.removeAttribute("aria-invalid");
}

// A message spans what is seen of its row, the number's cell apart.
function span(row) {
  return [...row.cells].filter((cell) => !cell.hidden).length - 1;
}

function messageRow(row, text) {
  const line = document.createElement("tr");
  line.className = "sheet__message";
  line.dataset.of = row.dataset.row;
  const number = line.insertCell();
  number.className = "sheet__no";
  const cell = line.insertCell();
  cell.colSpan = span(row);
  const words = document.createElement("div");
  words.textContent = text;
  cell.append(words);
  return line;
}

function showRow(row, messages) {
  const old = row.parentElement.querySelector(`.sheet__message[data-of="${row.dataset.row}"]:not([data-lasting])`);
  const text = (messages || []).join("；");
  if (old?.textContent.trim() === text) return;
  if (text && inHand(row)) return;
  old?.remove();
  if (text) row.after(messageRow(row, text));
}

// A column that no row asks for (a reason for what nobody has) is not shown.
function showColumns(table, idle) {
  [...table.tHead.querySelectorAll("[data-column]")].forEach((head, at) => {
    const hidden = idle.has(head.dataset.column);
    if (head.hidden === hidden) return;
    head.hidden = hidden;
    if (!hidden) table.classList.add("sheet--broad");
    table.querySelectorAll("tr[data-row], tfoot tr").forEach((row) => { row.cells[at + 1].hidden = hidden; });
  });
  const row = table.querySelector("tr[data-row]");
  if (row) table.querySelectorAll(".sheet__message").forEach((line) => { line.cells[1].colSpan = span(row); });
}

function showSheets(form, outcome) {
  const wrong = new Set(outcome.wrong);
  const off = new Set(outcome.off);
  form.querySelectorAll("[data-sheet]").forEach((table) => {
    table.querySelectorAll("tr[data-row]").forEach((row) => {
      const busy = inHand(row);
      showRow(row, outcome.rows[row.id]);
      row.querySelectorAll("input:not([type=hidden]), select").forEach((control) => {
        control.closest("td").classList.toggle("is-off", off.has(control.id));
        if (wrong.has(control.id) && !busy) control.setAttribute("aria-invalid", "true");
        else if (!wrong.has(control.id)) control.removeAttribute("aria-invalid");
      });
    });
    const block = table.closest("[data-item]");
    showColumns(table, new Set(outcome.idle[block.dataset.item]));
    const line = block.querySelector("[data-table-message]");
    const message = outcome.tables[block.dataset.item] || "";
    line.querySelector("[data-message]").textContent = message;
    line.hidden = !message;
  });
}

export function showOutcome(form, outcome) {
  replace("task-list", outcome.nav);
  replace("checks", outcome.aside);
  const counter = document.getElementById("draft-revision");
  if (counter) counter.textContent = outcome.draft;
  showOthers(outcome.others);
  if (outcome.gone) return;
  replace("problems", outcome.summary);
  Object.entries(outcome.fields).forEach(([id, message]) => showField(id, message));
  showSheets(form, outcome);
  const hidden = new Set(outcome.hidden);
  form.querySelectorAll("[data-item]").forEach((item) => { item.hidden = hidden.has(item.dataset.item); });
}
