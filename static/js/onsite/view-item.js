// One item a screen: the rule, what it rests on, what the portal proposes, the stepper, remark and photos.
import { at, clone, fill, link, repeat, text } from "./dom.js";
import { putConflicts } from "./conflict.js";
import { wirePhotos } from "./photos.js";
import { wireStepper } from "./stepper.js";
import { wireTyped } from "./typed.js";

const BAR = { done: "done", wrong: "waiting", remark: "waiting", conflict: "waiting", proposed: "none", none: "none" };

function putSegments(app, element, seat, line) {
  const states = seat.sheet.lines.map((each) => app.model.item(seat, each));
  const scored = states.filter((state) => state.points !== "").length;
  const waiting = states.filter((state) => state.waiting).length;
  const bar = at(element, "segments");
  bar.setAttribute("aria-label", text("segments", { all: states.length, scored, n: waiting }));
  bar.replaceChildren(...states.map((state, index) => {
    const piece = document.createElement("i");
    piece.className = `is-${seat.sheet.lines[index].key === line.key ? "now" : state.waiting ? "waiting" : BAR[state.kind]}`;
    return piece;
  }));
}

function putRule(element, seat, line) {
  const bands = line.bands.length > 0;
  fill(element, {
    group: text("of-group", { group: line.group, n: line.maximum }),
    number: line.number,
    title: line.title,
    clause: seat.sheet.clause,
    rule: line.rule || null,
  });
  at(element, "bands").hidden = !bands;
  repeat(at(element, "band-rows"), "band", line.bands, (row, band) => {
    fill(row, { "band-text": band.text, "band-points": band.points });
    row.dataset.band = band.points;
  });
}

function putEvidence(app, element, seat, line) {
  const files = new Map((seat.file?.materials || []).flatMap((slot) => slot.files).map((file) => [file.id, file]));
  const address = (evidence) => {
    if (files.has(evidence.file)) return app.files.address(files.get(evidence.file));
    return evidence.section ? `#/seat/${seat.id}/file/${evidence.section}` : "";
  };
  link(element, "file", seat.file ? `#/seat/${seat.id}/file` : "");
  at(element, "evidence").hidden = !line.evidence.length;
  repeat(at(element, "evidence"), "evidence", line.evidence, (row, evidence) => {
    const href = address(evidence);
    fill(row, { label: evidence.label, text: evidence.text || null });
    const opened = link(row, "open", href);
    opened.textContent = text(files.has(evidence.file) ? "evidence-file" : "evidence-section");
    opened.setAttribute("aria-label", `${opened.textContent}：${evidence.label}`);
    if (!href.startsWith("#")) opened.target = "_blank";
  });
  at(element, "calculation").hidden = !line.calculation.length;
  repeat(at(element, "calculation"), "calculation", line.calculation, (row, words) => { row.textContent = words; });
  fill(element, { proposal: line.proposal === null ? null : text("proposal", { n: line.proposal }) });
  at(element, "evidence-part").hidden = !seat.file && !line.evidence.length && line.proposal === null;
}

function wireRemark(app, element, seat, line, locked) {
  const area = at(element, "remark");
  const key = `remark.${line.key}`;
  area.maxLength = seat.remark_maximum;
  area.disabled = locked;
  return wireTyped(area, { read: () => app.model.value(seat, key), save: (typed) => app.keep(seat, key, typed) });
}

function wireBar(app, element, seat, line) {
  const lines = seat.sheet.lines;
  const index = lines.findIndex((each) => each.key === line.key);
  const before = lines[index - 1];
  const next = lines[index + 1];
  link(element, "previous", `#/seat/${seat.id}${before ? `/item/${before.key}` : ""}`);
  fill(element, { "previous-label": text(before ? "previous" : "to-list"), "next-label": text(next ? "confirm-next" : "confirm-last") });
  at(element, "next").addEventListener("click", async () => {
    const open = app.model.seat(seat.id)?.state === "open";
    if (open && line.proposal !== null && app.model.value(seat, `score.${line.key}`) === "") {
      if (!(await app.keep(seat, `score.${line.key}`, line.proposal))) return;
    }
    location.hash = next ? `#/seat/${seat.id}/item/${next.key}` : `#/seat/${seat.id}/opinion`;
  });
}

export function itemView(app, id, name) {
  const seat = app.model.seat(id);
  const line = seat?.sheet?.lines.find((each) => each.key === name);
  if (!line || seat.submitted_at) return null;
  const locked = seat.state !== "open";
  const element = clone("view-item");
  putRule(element, seat, line);
  putEvidence(app, element, seat, line);
  const score = `score.${line.key}`;
  const showPoints = wireStepper(element, line, { save: (points) => app.keep(seat, score, points), locked: locked || line.mode === "auto" });
  const showRemark = wireRemark(app, element, seat, line, locked);
  const showPhotos = wirePhotos(app, element, seat, line, locked);
  wireBar(app, element, seat, line);
  const update = () => {
    const now = app.model.seat(seat.id);
    if (!now?.sheet) return app.show();
    fill(element, { message: now.message || null });
    at(element, "message-note").hidden = !now.message;
    putSegments(app, element, now, line);
    putConflicts(app, at(element, "conflicts"), now, [score, `remark.${line.key}`]);
    showPoints(app.model.value(now, score));
    showRemark();
    return showPhotos();
  };
  const all = seat.sheet.lines.length;
  const position = `${seat.sheet.lines.indexOf(line) + 1} / ${all}`;
  return { back: [`#/seat/${seat.id}`, text("back-list")], title: seat.unit, position, element, update };
}
