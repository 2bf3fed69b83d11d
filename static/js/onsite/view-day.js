// The expert's day: visits in order, how each sheet stands, what is to be done next.
import { at, clone, fill, link, mark, repeat, text } from "./dom.js";
import { clockWords, dayKey, dayWords, monthDayWords } from "./moments.js";

const END = "9999";

// Whoever has a visit comes in its order; then what is only read; what is handed in comes last.
function ordered(seats) {
  const rank = (seat) => `${seat.submitted_at ? 1 : 0}${standing(seat)?.starts_at || END}`;
  return [...seats].sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
}

const standing = (seat) => (seat.visit && seat.visit.state !== "cancelled" ? seat.visit : null);

function grouped(app) {
  const days = new Map();
  for (const seat of ordered(app.model.day.seats)) {
    const visit = standing(seat);
    const key = seat.submitted_at ? "over" : visit ? dayKey(visit.starts_at) : "none";
    if (!days.has(key)) days.set(key, { key, title: titleOf(app, key, visit), seats: [] });
    days.get(key).seats.push(seat);
  }
  return [...days.values()];
}

function titleOf(app, key, visit) {
  if (!visit || key === "over") return text(`day-${key}`);
  return key === app.clock.today() ? text("day-today", { day: dayWords(visit.starts_at) }) : dayWords(visit.starts_at);
}

// The state of a sheet, and where a tap leads.
function standingOf(app, seat) {
  const { waiting, conflicts, refused } = app.model.counts(seat);
  if (seat.state === "undeclared") return ["attention", text("seat-undeclared")];
  if (conflicts) return ["attention", text("seat-conflicts", { n: conflicts })];
  if (refused) return ["attention", text("seat-refused", { n: refused })];
  if (waiting) return ["attention", text("seat-waiting", { n: waiting })];
  if (seat.submitted_at) return ["done", text("seat-submitted")];
  if (seat.state !== "open") return ["locked", text("seat-locked")];
  const { scored, all } = seat.sheet ? app.model.totals(seat) : { scored: 0, all: 0 };
  if (scored) return ["doing", text("seat-scored", { scored, all })];
  return app.model.value(seat, "text") ? ["doing", text("seat-draft")] : ["todo", text("seat-todo")];
}

function put(app, row, seat) {
  const visit = standing(seat);
  const over = seat.submitted_at;
  fill(row, {
    date: over ? monthDayWords(over) : null,
    time: visit && !over ? clockWords(visit.starts_at) : null,
    until: visit && !over ? clockWords(visit.ends_at) : null,
    unit: seat.unit,
    about: [seat.number, seat.track].filter(Boolean).join("　") || null,
    chair: seat.chair ? text("chair") : null,
    place: visit ? `${visit.word}　${visit.place}` : null,
    message: seat.message && !over ? seat.message : null,
    next: nextOf(app, seat),
  });
  const [kind, word] = standingOf(app, seat);
  mark(at(row, "state"), kind, word);
  const address = seat.state === "undeclared" ? seat.declare_url : `#/seat/${seat.id}`;
  link(row, "open", address).dataset.focus = `seat-${seat.id}`;
  link(row, "next", address).setAttribute("aria-label", `${at(row, "next").textContent}：${seat.unit}`);
  link(row, "route", visit ? `#/seat/${seat.id}/visit` : "");
  link(row, "file", seat.file ? `#/seat/${seat.id}/file` : "");
}

function nextOf(app, seat) {
  if (seat.state === "undeclared") return text("next-declare");
  if (seat.submitted_at || seat.state !== "open") return text("next-look");
  return text(app.model.value(seat, "text") || (seat.sheet && app.model.totals(seat).scored) ? "next-go-on" : "next-begin");
}

function install(app, element) {
  const button = at(element, "install");
  button.hidden = !app.install;
  button.addEventListener("click", async () => {
    await app.install.prompt();
    app.install = null;
    button.hidden = true;
  });
}

export function dayView(app) {
  const element = clone("view-day");
  install(app, element);
  const update = () => {
    at(element, "install").hidden = !app.install;
    const unsent = app.strangers.reduce((sum, each) => sum + each.count, 0);
    fill(element, { stranger: unsent ? text("stranger", { n: unsent }) : null });
    at(element, "stranger-note").hidden = !unsent;
    at(element, "loading").hidden = Boolean(app.model.day);
    at(element, "empty").hidden = !app.model.day || app.model.day.seats.length > 0;
    repeat(at(element, "days"), "day-group", app.model.day ? grouped(app) : [], (made, group) => {
      fill(made, { title: group.title });
      repeat(at(made, "seats"), "day-seat", group.seats, (row, seat) => put(app, row, seat));
    });
  };
  return { back: [element.dataset.home, element.dataset.back], title: element.dataset.title, position: document.documentElement.dataset.name, element, update };
}
