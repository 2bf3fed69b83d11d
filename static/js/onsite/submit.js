// Handing a sheet in: everything goes up first, then the sheet is handed in as the server holds it, with the revisions this
// device has seen. What stands in the way is named beside the button.
import { Unreachable } from "./api.js";
import { ask } from "./ask.js";
import { at, fill, link, repeat, text } from "./dom.js";
import { cents } from "./model.js";
import { deviceIso } from "./moments.js";

const ABOUT_ITEM = /^(?:score|remark)[_.](\w+)$/;

const apart = (app) => !navigator.onLine || app.sync.state === "offline" || app.sync.state === "unreachable";

function standing(app, element, seat) {
  const now = app.model.seat(seat.id);
  if (!now || now.submitted_at) return;
  const locked = now.state !== "open";
  const missing = locked ? [] : app.model.missing(now).map(([name, values]) => text(name, values));
  if (apart(app)) missing.push(text("missing-connection"));
  at(element, "submit").hidden = locked;
  at(element, "submit").disabled = missing.length > 0;
  fill(element, { "submit-why": locked ? text("seat-locked-why") : missing.join(text("join")) });
}

const total = (sums) => text(cents(sums.bonusMaximum) > 0 ? "submit-total-bonus" : "submit-total", sums);

function showProblems(element, seat, problems) {
  const errors = at(element, "errors");
  errors.hidden = !problems.length;
  repeat(at(element, "problems"), "problem", problems, (row, [field, message]) => {
    const item = ABOUT_ITEM.exec(field);
    const opened = link(row, "open", `#/seat/${seat.id}/${item ? `item/${item[1]}` : "opinion"}`);
    opened.textContent = message;
  });
  if (problems.length) errors.focus();
}

async function operationOf(app, seat) {
  const key = `submit-${seat.id}`;
  const known = await app.store.get(key);
  if (known) return known;
  const made = crypto.randomUUID();
  await app.store.set(key, made);
  return made;
}

function said(app, seat, operation, device) {
  const revisions = {};
  for (const each of app.model.values.values()) if (each.seat === seat.id && each.revision) revisions[each.key] = each.revision;
  return { device, operation, seat: seat.id, round: app.model.seat(seat.id).round, sent_at: deviceIso(), revisions, signature: app.model.meta[`signature-${seat.id}`] };
}

// Return what became of it: [outcome, body].
async function handIn(app, seat) {
  await app.sync.run();
  if (app.model.counts(seat).waiting || !app.api.token) return ["unsent", {}];
  if (app.model.counts(seat).conflicts) return ["conflicts", {}];
  const operation = await operationOf(app, seat);
  try {
    const { kind, body } = await app.api.submit(said(app, seat, operation, await app.store.device()));
    if (kind !== "ok") return [kind, body];
    await app.store.remove(`submit-${seat.id}`);
    return [body.outcome, body];
  } catch (error) {
    if (error instanceof Unreachable) return ["unreachable", {}]; // asked again with the same operation, it counts once
    throw error;
  }
}

async function afterwards(app, element, seat, [outcome, body]) {
  if (outcome === "written" || outcome === "same") {
    app.sync.expire();
    await app.sync.run();
    location.hash = `#/seat/${seat.id}`;
  } else if (outcome === "conflict") {
    const { round, unit } = app.model.seat(seat.id);
    for (const { key, revision, value } of body.conflicts) await app.store.differs({ seat: seat.id, round: body.round ?? round, key, value, revision, unit, typedAt: deviceIso() });
    await app.changed();
    if (app.model.counts(seat).conflicts) location.hash = "#/waiting";
    else showProblems(element, seat, [["", text("submit-newer")]]);
  } else if (outcome === "refused") {
    if (body.round !== app.model.seat(seat.id).round) { // handed back meanwhile: what was asked for there has to be read first
      app.sync.expire();
      app.sync.kick();
    }
    showProblems(element, seat, Object.entries(body.problems));
  } else if (outcome === "conflicts") {
    location.hash = "#/waiting";
  } else {
    showProblems(element, seat, [["", text(`submit-${outcome}`)]]);
  }
}

export function wireSubmit(app, element, seat) {
  const button = at(element, "submit");
  element.addEventListener("standing", () => standing(app, element, seat));
  button.addEventListener("click", async () => {
    const now = app.model.seat(seat.id);
    const conclusion = now.conclusions.find(([key]) => key === app.model.value(now, "conclusion"))?.[1];
    const lines = [now.unit, ...(now.sheet ? [total(app.model.totals(now))] : []), ...(conclusion ? [text("submit-conclusion", { conclusion })] : []), text("submit-locks")];
    if (!(await ask({ title: text("submit-title"), lines, yes: text("submit-yes") }))) return;
    button.disabled = true;
    showProblems(element, seat, []);
    await afterwards(app, element, seat, await handIn(app, seat));
    standing(app, element, seat);
  });
}
