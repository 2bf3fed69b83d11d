// Tables edited like a spreadsheet: arrow keys, Enter, paste from Excel, rows added, moved, deleted and brought back.
import { announce } from "./announce.js";

const NEW = "new";
const MOST = 2000; // rows a draft keeps; the form's own limit is told by the server
const templates = new WeakMap();
const removed = new WeakMap();
let changed = () => {};

const rowsOf = (table) => [...table.tBodies[0].querySelectorAll("tr[data-row]")];
const cellsOf = (row) => [...row.querySelectorAll("td input:not([type=hidden]), td select")];
const isKept = (row) => row.dataset.kept !== undefined; // stands first; the server puts it back there
const columnsOf = (table) => [...table.tHead.querySelectorAll("[data-column]")].map((head) => head.dataset.column);

function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(4));
  return `r${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

export function sheetRows(table) {
  const columns = columnsOf(table);
  return rowsOf(table)
    .filter((row) => row.dataset.row !== NEW)
    .map((row) => {
      const cells = cellsOf(row);
      return { _id: row.dataset.row, ...Object.fromEntries(columns.map((column, at) => [column, cells[at].value])) };
    });
}

function rename(row, id) {
  const old = row.dataset.row;
  const swap = (text) => text.replace(`.${old}.`, `.${id}.`).replace(`-${old}-`, `-${id}-`);
  row.dataset.row = id;
  row.id = row.id.replace(new RegExp(`-${old}$`), `-${id}`);
  row.querySelector("input[type=hidden]").value = id;
  cellsOf(row).forEach((cell) => { cell.name = swap(cell.name); cell.id = swap(cell.id); });
}

function blank(table) {
  return templates.get(table)?.cloneNode(true);
}

// The waiting line becomes a row of its own, and another line waits behind it.
function adopt(table, row) {
  if (row.dataset.row !== NEW) return;
  const next = blank(table);
  rename(row, freshId());
  row.classList.remove("is-new");
  cellsOf(row)[0].removeAttribute("placeholder");
  addButtons(table, row);
  row.parentElement.append(next);
  renumber(table);
}

function addButtons(table, row) {
  const sample = table.querySelector("[data-delete]")?.closest(".sheet__acts");
  const place = row.querySelector(".sheet__acts");
  if (!place || place.childElementCount) return;
  if (sample) place.innerHTML = sample.innerHTML;
  else place.innerHTML = '<button type="button" class="icon-button" data-up title="上移"><span class="icon icon--up" aria-hidden="true"></span><span class="visually-hidden">上移</span></button><button type="button" class="icon-button" data-delete title="删除"><span class="icon icon--trash" aria-hidden="true"></span><span class="visually-hidden">删除</span></button>';
  if (!row.querySelector("[data-grip]")) {
    const grip = document.createElement("span");
    grip.className = "icon icon--grip";
    grip.dataset.grip = "";
    grip.setAttribute("aria-hidden", "true");
    row.querySelector("[data-number]").before(grip);
  }
}

function renumber(table) {
  rowsOf(table).forEach((row, at) => {
    row.querySelector("[data-number]").textContent = at + 1;
    cellsOf(row).forEach((cell) => cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(/^第 \d+ 行/, `第 ${at + 1} 行`)));
    row.querySelectorAll(".sheet__acts .visually-hidden").forEach((words) => {
      words.textContent = words.textContent.replace(/第 \d+ 行|(?<=^删除)$/, `第 ${at + 1} 行`);
    });
  });
  total(table);
}

function total(table) {
  const foot = table.tFoot?.rows[0];
  if (!foot) return;
  const rows = sheetRows(table).filter((row) => Object.entries(row).some(([key, value]) => key !== "_id" && value.trim()));
  const totalled = table.tHead.querySelector("[data-total]");
  [...table.tHead.querySelectorAll("[data-column]")].forEach((head, at) => {
    const cell = foot.cells[at + 1];
    if (head.dataset.total !== undefined) {
      const sum = rows.reduce((so, row) => so + (Number(row[head.dataset.column].replaceAll(/[,，\s]/g, "")) || 0), 0);
      const places = head.dataset.kind === "integer" ? 0 : Number(head.dataset.total);
      cell.textContent = sum.toLocaleString("en", { minimumFractionDigits: places, maximumFractionDigits: places });
    } else if (at === 0) {
      cell.textContent = rows.length ? `合计 ${rows.length} ${table.dataset.noun}` : "";
    }
  });
  foot.hidden = !rows.length && !totalled;
}

function put(cell, text) {
  const value = text.replaceAll(/\s+/g, " ").trim();
  if (cell.tagName !== "SELECT") {
    cell.value = value;
    return;
  }
  const option = [...cell.options].find((each) => each.value === value || each.textContent.trim() === value);
  if (!option && value) cell.add(new Option(value, value)); // kept as given, and said to be wrong
  cell.value = option ? option.value : value;
}

export function fillSheet(table, rows) {
  const columns = columnsOf(table);
  const body = table.tBodies[0];
  const present = sheetRows(table);
  if (present.length === rows.length && present.every((row, at) => row._id === rows[at]._id)) {
    rowsOf(table).slice(0, rows.length).forEach((row, down) => cellsOf(row).forEach((cell, at) => {
      const value = String(rows[down][columns[at]] ?? "");
      if (cell.value !== value) put(cell, value);
    }));
    total(table);
    return;
  }
  if (!templates.has(table)) return; // its rows are given, or not open
  const kept = new Map(rowsOf(table).filter(isKept).map((row) => [row.dataset.row, row]));
  body.replaceChildren(blank(table));
  rows.forEach((given) => {
    const row = kept.get(given._id) || body.lastElementChild;
    if (isKept(row)) body.lastElementChild.before(row);
    adopt(table, row);
    if (given._id && !isKept(row)) rename(row, given._id);
    cellsOf(row).forEach((cell, at) => put(cell, String(given[columns[at]] ?? "")));
  });
  renumber(table);
}

// Tab-separated lines as spreadsheets copy them; a cell with line breaks or tabs comes in double quotes.
export function parseClipboard(text) {
  const lines = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    const line = lines.at(-1);
    if (quoted) {
      if (sign === '"' && text[at + 1] === '"') { line[line.length - 1] += '"'; at += 1; }
      else if (sign === '"') quoted = false;
      else line[line.length - 1] += sign;
    } else if (sign === '"' && line.at(-1) === "") quoted = true;
    else if (sign === "\t") line.push("");
    else if (sign === "\n") lines.push([""]);
    else if (sign !== "\r") line[line.length - 1] += sign;
  }
  if (lines.at(-1).length === 1 && lines.at(-1)[0] === "") lines.pop();
  return lines;
}

function paste(event, table) {
  const text = event.clipboardData?.getData("text/plain") || "";
  const cell = event.target.closest("td input, td select");
  if (!cell || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  const lines = parseClipboard(text);
  const first = rowsOf(table).indexOf(cell.closest("tr"));
  const column = cellsOf(cell.closest("tr")).indexOf(cell);
  const grows = table.dataset.grows === "yes";
  if (first + lines.length > MOST) {
    announce(`粘贴的行太多，请改用“导入 Excel”`);
    return;
  }
  lines.forEach((values, down) => {
    const row = rowsOf(table)[first + down];
    if (!row) return;
    if (grows) adopt(table, row);
    values.forEach((value, right) => {
      const target = cellsOf(row)[column + right];
      if (target && !target.readOnly && !target.disabled) put(target, value);
    });
  });
  total(table);
  announce(`已粘贴 ${lines.length} 行`);
  changed();
}

function focusCell(row, at) {
  const cell = row && cellsOf(row)[at];
  if (!cell) return false;
  cell.focus();
  cell.select?.();
  return true;
}

function atEdge(cell, key) {
  if (cell.tagName === "SELECT") return key === "ArrowLeft" || key === "ArrowRight";
  if (cell.selectionStart !== cell.selectionEnd) return cell.selectionEnd - cell.selectionStart === cell.value.length;
  return key === "ArrowLeft" ? cell.selectionStart === 0 : cell.selectionEnd === cell.value.length;
}

function keys(event, table) {
  const cell = event.target.closest("td input, td select");
  if (!cell || event.isComposing || event.ctrlKey || event.metaKey) return; // Enter may only be choosing a character
  const row = cell.closest("tr");
  const rows = rowsOf(table);
  const [down, right] = [rows.indexOf(row), cellsOf(row).indexOf(cell)];
  const vertical = { ArrowUp: -1, ArrowDown: 1, Enter: event.shiftKey ? -1 : 1 }[event.key];
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    shift(table, row, vertical);
    focusCell(row, right);
  } else if (vertical && !(cell.tagName === "SELECT" && event.key !== "Enter")) {
    event.preventDefault();
    focusCell(rows[down + vertical], right);
  } else if ((event.key === "ArrowLeft" || event.key === "ArrowRight") && !event.shiftKey && atEdge(cell, event.key)) {
    if (focusCell(row, right + (event.key === "ArrowLeft" ? -1 : 1))) event.preventDefault();
  }
}

// A row travels with what is said under it.
function gather(table, row) {
  [...table.tBodies[0].querySelectorAll(`.sheet__message[data-of="${row.dataset.row}"]`)].reverse().forEach((line) => row.after(line));
}

function shift(table, row, step) {
  const rows = rowsOf(table);
  const other = rows[rows.indexOf(row) + step];
  if (!other || [row, other].some((each) => each.dataset.row === NEW || isKept(each)) || table.dataset.grows !== "yes") return;
  if (step < 0) other.before(row);
  else other.after(row);
  [row, other].forEach((each) => gather(table, each));
  renumber(table);
  announce(`已移到第 ${rowsOf(table).indexOf(row) + 1} 行`);
  changed();
}

function take(table, row) {
  const undo = table.closest(".sheet-block").querySelector("[data-undo]");
  const stack = removed.get(table) || [];
  const lines = [...table.tBodies[0].querySelectorAll(`.sheet__message[data-of="${row.dataset.row}"]`)];
  stack.push({ row, lines, at: rowsOf(table).indexOf(row) });
  removed.set(table, stack);
  [row, ...lines].forEach((each) => each.remove());
  undo.hidden = false;
  renumber(table);
  announce("已删除一行，可以撤销");
  changed();
}

function bringBack(table, undo) {
  const stack = removed.get(table) || [];
  const last = stack.pop();
  if (!last) return;
  const after = rowsOf(table)[last.at];
  after.before(last.row);
  last.row.after(...last.lines);
  undo.hidden = !stack.length;
  renumber(table);
  changed();
}

function wire(table) {
  const waiting = table.querySelector(`tr[data-row="${NEW}"]`);
  if (waiting) templates.set(table, waiting.cloneNode(true));
  const block = table.closest(".sheet-block");
  table.addEventListener("keydown", (event) => keys(event, table));
  table.addEventListener("paste", (event) => paste(event, table));
  table.addEventListener("input", (event) => {
    adopt(table, event.target.closest("tr"));
    total(table);
  });
  block.addEventListener("click", (event) => {
    const button = event.target.closest("[data-up], [data-delete], [data-undo]");
    if (!button) return;
    event.preventDefault();
    const line = button.closest("tr");
    const row = line?.dataset.of ? document.getElementById(`f-${table.dataset.sheet}-${line.dataset.of}`) : line;
    if (button.dataset.undo !== undefined) bringBack(table, button);
    else if (button.dataset.up !== undefined) shift(table, row, -1);
    else take(table, row);
  });
  if (!waiting || !window.Sortable) return;
  window.Sortable.create(table.tBodies[0], {
    handle: "[data-grip]",
    draggable: "tr[data-row]",
    animation: 120,
    onMove: (event) => !isKept(event.related) && (event.related.dataset.row !== NEW || !event.willInsertAfter),
    onEnd: () => {
      rowsOf(table).forEach((row) => gather(table, row));
      renumber(table);
      changed();
    },
  });
}

export function wireSheets(form, onChange) {
  changed = onChange;
  form.querySelectorAll("[data-sheet]").forEach(wire);
}
