// Conclusion, opinion and signature: what stands below the points of a sheet.
import { at, clone, fill, repeat, text } from "./dom.js";
import { putConflicts } from "./conflict.js";
import { wirePad } from "./pad.js";
import { wireSubmit } from "./submit.js";
import { wireTyped } from "./typed.js";

function wireConclusion(app, element, seat, locked) {
  repeat(at(element, "conclusions"), "choice", seat.conclusions, (row, [key, label]) => {
    const input = row.querySelector("input");
    input.value = key;
    input.disabled = locked;
    input.addEventListener("change", () => app.keep(seat, "conclusion", key));
    fill(row, { label });
  });
  return () => {
    const chosen = app.model.value(seat, "conclusion");
    element.querySelectorAll("input[name=conclusion]").forEach((input) => { input.checked = input.value === chosen; });
  };
}

function wireText(app, element, seat, locked) {
  const area = at(element, "text");
  area.disabled = locked;
  area.maxLength = seat.text_maximum;
  const count = () => {
    const typed = [...area.value.trim()].length;
    fill(element, { count: text("count", { n: typed.toLocaleString("zh-CN"), maximum: seat.text_maximum.toLocaleString("zh-CN") }) });
  };
  const show = wireTyped(area, { read: () => app.model.value(seat, "text"), save: (typed) => app.keep(seat, "text", typed) });
  area.addEventListener("input", count);
  fill(element, { "text-hint": text("text-hint", { n: seat.text_minimum }) });
  return () => {
    show();
    count();
  };
}

export function opinionView(app, id) {
  const seat = app.model.seat(id);
  if (!seat || !seat.conclusions || seat.submitted_at) return null;
  const locked = seat.state !== "open";
  const element = clone("view-opinion");
  fill(element, { number: [seat.number, seat.track].filter(Boolean).join("　") });
  at(element, "conclusion-field").hidden = !seat.conclusions.length;
  const showConclusion = wireConclusion(app, element, seat, locked);
  const showText = wireText(app, element, seat, locked);
  const key = `signature-${seat.id}`;
  wirePad(element, { value: app.model.meta[key] || "", save: (drawn) => app.keepMeta(key, drawn), locked });
  wireSubmit(app, element, seat);
  const update = () => {
    const now = app.model.seat(seat.id);
    if (!now?.conclusions) return app.show();
    fill(element, { message: now.message || null });
    at(element, "message-note").hidden = !now.message;
    showConclusion();
    showText();
    putConflicts(app, at(element, "conflicts"), now, ["conclusion", "text"]);
    return element.dispatchEvent(new Event("standing"));
  };
  return { back: [`#/seat/${seat.id}`, text("back-list")], title: seat.unit, element, update };
}
