// Two versions of one value, side by side, to choose from: what this device holds and what has been sent from elsewhere.
import { at, clone, fill, text } from "./dom.js";

// The words of a value: points with their unit, a conclusion by its label, a text as it is.
export function worded(seat, key, value) {
  if (value === "") return text("value-empty");
  if (key.startsWith("score.")) return text("value-points", { n: value });
  if (key === "conclusion") return seat?.conclusions?.find(([choice]) => choice === value)?.[1] ?? value;
  return value;
}

export function named(seat, key) {
  const [kind, number] = key.split(".");
  const line = seat?.sheet?.lines.find((each) => each.key === number);
  return text(`key-${kind}`, { n: number ?? "", title: line?.title ?? "" }).trim();
}

export function conflictBox(app, seat, entry) {
  const box = clone("conflict");
  fill(box, {
    what: named(seat, entry.key),
    message: entry.message || null,
    mine: worded(seat, entry.key, entry.value),
    "mine-at": app.clock.seconds(new Date(Date.parse(entry.typed_at) + app.clock.offset).toISOString()),
    theirs: worded(seat, entry.key, entry.theirs.value),
  });
  at(box, "take-mine").addEventListener("click", () => app.choose(entry, true));
  at(box, "take-theirs").addEventListener("click", () => app.choose(entry, false));
  return box;
}

// The open conflicts among some keys of a seat; drawn anew only when they are others than before.
export function putConflicts(app, list, seat, keys) {
  const found = keys.map((key) => app.model.conflict(seat, key)).filter(Boolean);
  const drawn = found.map((entry) => `${entry.sequence}:${entry.value}:${entry.theirs.value}`).join("|");
  if (list.dataset.drawn === drawn) return;
  list.dataset.drawn = drawn;
  list.replaceChildren(...found.map((entry) => conflictBox(app, seat, entry)));
}
