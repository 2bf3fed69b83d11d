// The route sheet of a visit, as it stood when the device was last connected.
import { at, clone, fill, link, mark, text } from "./dom.js";
import { clockWords, momentWords } from "./moments.js";

const STATES = { planned: "doing", done: "done", cancelled: "failed" };

export function visitView(app, id) {
  const seat = app.model.seat(id);
  if (!seat?.visit) return null;
  const { visit } = seat;
  const element = clone("view-visit");
  fill(element, {
    word: text("visit-title", { word: visit.word || text("visit-word") }),
    unit: seat.unit,
    number: [seat.number, seat.track].filter(Boolean).join("　"),
    when: text("visit-when", { from: momentWords(visit.starts_at), to: clockWords(visit.ends_at) }),
    place: visit.place,
    meeting: visit.meeting_point || text("not-filled"),
    contact: visit.contact || text("not-filled"),
    route: visit.route || text("not-filled"),
    fetched: text("fetched", { time: app.clock.seconds(app.model.day.fetched_at) }),
  });
  at(element, "contact-line").hidden = !visit.contact;
  at(element, "meeting-line").hidden = !visit.meeting_point;
  mark(at(element, "state"), STATES[visit.state] || "doing", text(`visit-${visit.state}`));
  link(element, "sheet", visit.sheet_url);
  link(element, "ics", visit.ics_url);
  return { back: [seat.submitted_at ? "#/" : `#/seat/${seat.id}`, text(seat.submitted_at ? "back-day" : "back-list")], title: seat.unit, element };
}
