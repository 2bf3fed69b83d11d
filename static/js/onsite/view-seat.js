// The list of a sheet: its items by group with points and state, the totals, and what still keeps it from being handed in.
import { at, clone, fill, keepFocus, link, mark, repeat, text } from "./dom.js";
import { cents, plain } from "./model.js";
import { putConflicts } from "./conflict.js";
import { wireSubmit } from "./submit.js";

const STATES = { conflict: "attention", wrong: "failed", remark: "attention", proposed: "judged", none: "todo" };

function groups(seat) {
  const found = [];
  for (const line of seat.sheet.lines) {
    if (found.at(-1)?.title !== line.group) found.push({ title: line.group, lines: [], sum: 0 });
    found.at(-1).lines.push(line);
    found.at(-1).sum += cents(line.maximum);
  }
  return found;
}

function putItem(app, row, seat, line) {
  const { points, waiting, kind } = app.model.item(seat, line);
  fill(row, { number: line.number, title: line.title, points: points || "–", maximum: line.maximum });
  const state = at(row, "state");
  if (STATES[kind]) mark(state, STATES[kind], text(`item-${kind}`, { n: line.proposal }));
  else if (waiting) mark(state, "attention", text("item-waiting"));
  else mark(state, "done", text("item-done"));
  row.dataset.kind = waiting ? "waiting" : kind;
  link(row, "open", `#/seat/${seat.id}/item/${line.key}`).dataset.focus = `item-${line.key}`;
}

function putTotals(app, element, seat) {
  const sums = app.model.totals(seat);
  const bonus = cents(sums.bonusMaximum) > 0;
  const started = sums.scored - sums.bonusScored > 0;
  fill(element, {
    "base-word": text(bonus ? "total-base" : "total"),
    base: started ? sums.base : "–",
    "base-maximum": sums.baseMaximum,
    bonus: sums.bonusScored ? sums.bonus : "–",
    "bonus-maximum": sums.bonusMaximum,
  });
  at(element, "bonus-part").hidden = !bonus;
  const done = sums.scored === sums.all;
  mark(at(element, "progress"), done ? "done" : sums.scored ? "doing" : "todo", text("scored", { scored: sums.scored, all: sums.all }));
}

function putOpinion(app, element, seat) {
  const waiting = ["conclusion", "text"].some((key) => app.model.entry(seat, key)?.state === "waiting");
  const asked = seat.conclusions.length > 0; // whoever assesses a base says nothing about recognising it
  const chosen = seat.conclusions.find(([key]) => key === app.model.value(seat, "conclusion"));
  const written = [...app.model.value(seat, "text").trim()].length;
  const signed = Boolean(app.model.meta[`signature-${seat.id}`]);
  const said = { conclusion: chosen?.[1] || text("not-chosen"), n: written, signed: text(signed ? "signed" : "unsigned") };
  fill(element, { "opinion-about": text(asked ? "opinion-about" : "opinion-about-text", said) });
  const done = (chosen || !asked) && written >= seat.text_minimum && signed;
  const begun = chosen || written || signed;
  mark(at(element, "opinion-state"), waiting ? "attention" : done ? "done" : begun ? "doing" : "todo",
    text(waiting ? "item-waiting" : done ? "opinion-done" : begun ? "opinion-begun" : "opinion-todo"));
}

function openSheet(app, seat) {
  const element = clone("view-seat");
  link(element, "opinion", `#/seat/${seat.id}/opinion`);
  link(element, "file", `#/seat/${seat.id}/file`);
  link(element, "route", seat.visit ? `#/seat/${seat.id}/visit` : "");
  fill(element, { unit: seat.unit, number: [seat.number, seat.track].filter(Boolean).join("　"), sheet: seat.sheet?.title ?? null });
  wireSubmit(app, element, seat);
  const update = () => {
    const now = app.model.seat(seat.id);
    if (!now || now.submitted_at) return;
    keepFocus(() => {
      fill(element, { message: now.message || null });
      at(element, "message-note").hidden = !now.message;
      at(element, "totals").hidden = !now.sheet;
      if (now.sheet) {
        putTotals(app, element, now);
        repeat(at(element, "groups"), "seat-group", groups(now), (made, group) => {
          fill(made, { title: group.title, maximum: plain(group.sum) });
          repeat(at(made, "items"), "seat-item", group.lines, (row, line) => putItem(app, row, now, line));
        });
      }
      putOpinion(app, element, now);
      putConflicts(app, at(element, "conflicts"), now, ["conclusion", "text"]);
    });
    element.dispatchEvent(new Event("standing"));
  };
  return { element, update };
}

// Handed in: what is left on the device is that it is, when, and the hash.
function closedSheet(app, seat) {
  const element = clone("view-submitted");
  fill(element, { unit: seat.unit, number: [seat.number, seat.track].filter(Boolean).join("　"), at: app.clock.seconds(seat.submitted_at), hash: (seat.sha256 || "").replace(/(.{8})(?=.)/g, "$1 ") });
  link(element, "online", `${element.dataset.seats}${seat.id}/opinion/`);
  return { element };
}

export function seatView(app, id) {
  const seat = app.model.seat(id);
  if (!seat || seat.state === "undeclared") return null;
  const made = seat.submitted_at ? closedSheet(app, seat) : openSheet(app, seat);
  const { update } = made;
  made.update = () => {
    if (!seat.submitted_at && app.model.seat(seat.id)?.submitted_at) app.show();
    else update?.();
  };
  return { back: ["#/", text("back-day")], title: seat.unit, position: seat.expert_no ? text("expert-no", { n: seat.expert_no }) : "", ...made };
}
