// The file of a unit, read without a connection: the form as the expert may see it, and its papers once they are fetched.
import { at, clone, fill, link, mark, repeat, text } from "./dom.js";
import { filesOf } from "./files.js";

const MEGABYTE = 1024 * 1024;
const size = (bytes) => (bytes >= MEGABYTE ? `${(bytes / MEGABYTE).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`);

function putTable(made, section, table) {
  fill(made, { label: table.label });
  at(made, "scroll").setAttribute("aria-label", `${section.title}：${table.label}`);
  repeat(at(made, "head"), "file-head", table.head, (cell, words) => { cell.textContent = words; });
  repeat(at(made, "rows"), "file-line", table.rows, (line, cells) => {
    repeat(line, "file-cell", cells, (cell, words) => { cell.textContent = words; });
  });
  at(made, "none").hidden = table.rows.length > 0;
  at(made, "table").hidden = !table.rows.length;
}

function putSection(made, section, wanted) {
  fill(made, { title: section.title });
  if (section.path === wanted) made.dataset.arrive = "";
  at(made, "facts").hidden = !section.rows.length;
  repeat(at(made, "facts"), "file-fact", section.rows, (row, fact) => {
    fill(row, { label: fact.label, value: fact.value || text("not-filled") });
    row.classList.toggle("onsite-fact--long", Boolean(fact.long));
  });
  repeat(at(made, "tables"), "file-table", section.tables, (row, table) => putTable(row, section, table));
}

function putFile(app, row, file, redraw) {
  const held = app.files.has(file);
  const about = [file.pages ? text("pages", { n: file.pages }) : "", size(file.bytes)].filter(Boolean).join("　");
  fill(row, { name: file.name, about });
  link(row, "open", app.files.address(file));
  const fetcher = at(row, "fetch");
  fetcher.hidden = held || !app.files.possible;
  fetcher.setAttribute("aria-label", `${text("fetch")}：${file.name}`);
  at(row, "held").hidden = !held;
  if (held) mark(at(row, "held"), "done", text("held"));
  fetcher.addEventListener("click", async () => {
    fetcher.disabled = true;
    fetcher.textContent = text("fetching");
    const had = await app.files.fetch(file);
    redraw(had ? [] : [file]);
  });
}

function wireFiles(app, element, seat) {
  const redraw = (failed) => {
    fill(element, { failed: failed.length ? text("fetch-failed", { names: failed.map((file) => file.name).join(text("join")) }) : null });
    repeat(at(element, "slots"), "file-slot", seat.file.materials, (made, slot) => {
      fill(made, { title: slot.title });
      repeat(at(made, "files"), "file-paper", slot.files, (row, file) => putFile(app, row, file, redraw));
    });
    const left = filesOf(seat).filter((file) => !app.files.has(file));
    const bytes = left.reduce((sum, file) => sum + file.bytes, 0);
    const all = at(element, "fetch-all");
    all.hidden = !left.length || !app.files.possible;
    all.disabled = false;
    all.textContent = text("fetch-all", { n: left.length, size: size(bytes) });
    at(element, "no-files").hidden = filesOf(seat).length > 0;
  };
  at(element, "fetch-all").addEventListener("click", async (event) => {
    event.target.disabled = true;
    const left = filesOf(seat).filter((file) => !app.files.has(file));
    const failed = [];
    for (const [index, file] of left.entries()) {
      event.target.textContent = text("fetching-all", { n: index + 1, all: left.length });
      if (!(await app.files.fetch(file))) failed.push(file);
    }
    redraw(failed);
  });
  redraw([]);
}

export function fileView(app, id, section) {
  const seat = app.model.seat(id);
  if (!seat?.file) return null;
  const element = clone("view-file");
  fill(element, { unit: seat.unit, number: seat.number });
  repeat(at(element, "contents"), "file-content", seat.file.sections, (row, each) => {
    fill(link(row, "open", `#/seat/${seat.id}/file/${each.path}`).parentElement, { open: each.title });
  });
  repeat(at(element, "sections"), "file-section", seat.file.sections, (made, each) => putSection(made, each, section));
  wireFiles(app, element, seat);
  return { back: [`#/seat/${seat.id}`, text("back-list")], title: seat.unit, position: text("file-word"), element };
}
