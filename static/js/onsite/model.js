// What the views show, worked out from the last day.json and from what is on the device. Points are added as whole hundredths,
// so that no sum is off by a hair.
const CENTS = 100;

export class Model {
  constructor({ values = [], queue = [], photos = [], meta = {} } = {}) {
    this.day = meta.day || null;
    this.meta = meta;
    this.values = new Map(values.map((each) => [`${each.seat}:${each.key}`, each]));
    this.queue = queue;
    this.photos = photos;
    this.open = new Map();
    for (const entry of queue) if (entry.state !== "refused") this.open.set(`${entry.seat}:${entry.key}`, entry);
  }

  seat(id) {
    return this.day?.seats.find((seat) => seat.id === Number(id)) || null;
  }

  value(seat, key) {
    return this.values.get(`${seat.id}:${key}`)?.value ?? "";
  }

  entry(seat, key) {
    return this.open.get(`${seat.id}:${key}`);
  }

  conflict(seat, key) {
    const entry = this.entry(seat, key);
    return entry?.state === "conflict" ? entry : null;
  }

  // Photos on the device and those only the server holds, in the order they were taken. Shape: {operation, blob?, url?, state}.
  photosOf(seat, item) {
    const here = this.photos.filter((photo) => photo.seat === seat.id && photo.item === item);
    const known = new Set(here.map((photo) => photo.operation));
    const there = (seat.photos || []).filter((photo) => photo.item === item && !known.has(photo.operation));
    return [...there.map((photo) => ({ ...photo, state: "sent" })), ...here].sort((one, other) => (one.taken_at < other.taken_at ? -1 : 1));
  }

  // Everything of this device that the server has not taken: {waiting, conflicts, refused}, each a number.
  counts(seat = null) {
    const of = (each) => !seat || each.seat === seat.id;
    const entries = (state) => this.queue.filter((entry) => of(entry) && entry.state === state).length;
    const photos = (state) => this.photos.filter((photo) => of(photo) && photo.state === state).length;
    return { waiting: entries("waiting") + photos("waiting"), conflicts: entries("conflict"), refused: entries("refused") + photos("refused") };
  }

  // How an item stands: {points, waiting, kind} with kind conflict, wrong, remark, done, proposed or none.
  item(seat, line) {
    const key = `score.${line.key}`;
    const points = this.value(seat, key);
    const waiting = [key, `remark.${line.key}`].some((each) => this.entry(seat, each)?.state === "waiting")
      || this.photos.some((photo) => photo.seat === seat.id && photo.item === line.number && photo.state === "waiting");
    return { points, waiting, kind: this.kindOf(seat, line, points) };
  }

  kindOf(seat, line, points) {
    if (this.conflict(seat, `score.${line.key}`) || this.conflict(seat, `remark.${line.key}`)) return "conflict";
    if (points === "") return line.proposal === null ? "none" : "proposed";
    if (!fits(line, points)) return "wrong";
    return remarkReason(line, points) && !this.value(seat, `remark.${line.key}`).trim() ? "remark" : "done";
  }

  // {base, baseMaximum, bonus, bonusMaximum, scored, all}; bonusMaximum 0 where the sheet has no bonus.
  totals(seat) {
    const sum = { base: 0, baseMaximum: 0, bonus: 0, bonusMaximum: 0, scored: 0, bonusScored: 0, all: seat.sheet.lines.length };
    for (const line of seat.sheet.lines) {
      const name = line.bonus ? "bonus" : "base";
      sum[`${name}Maximum`] += cents(line.maximum);
      const points = cents(this.value(seat, `score.${line.key}`));
      if (!Number.isFinite(points)) continue;
      sum[name] += points;
      sum.scored += 1;
      if (line.bonus) sum.bonusScored += 1;
    }
    return { ...sum, base: plain(sum.base), bonus: plain(sum.bonus), baseMaximum: plain(sum.baseMaximum), bonusMaximum: plain(sum.bonusMaximum) };
  }

  // What keeps a sheet from being handed in, as far as the device can tell: names of sentences with their numbers.
  missing(seat) {
    const found = [];
    const states = (seat.sheet?.lines || []).map((line) => this.item(seat, line).kind);
    const number = (...kinds) => states.filter((kind) => kinds.includes(kind)).length;
    const opinion = ["conclusion", "text"].filter((key) => this.conflict(seat, key)).length;
    if (number("none", "proposed")) found.push(["missing-scores", { n: number("none", "proposed") }]);
    if (number("conflict") + opinion) found.push(["missing-conflicts", { n: number("conflict") + opinion }]);
    if (number("wrong")) found.push(["missing-wrong", { n: number("wrong") }]);
    if (number("remark")) found.push(["missing-remarks", { n: number("remark") }]);
    if (seat.conclusions.length && !this.value(seat, "conclusion")) found.push(["missing-conclusion", {}]);
    const typed = [...this.value(seat, "text").trim()].length;
    if (typed < seat.text_minimum) found.push(["missing-text", { n: typed, minimum: seat.text_minimum }]);
    if (!this.meta[`signature-${seat.id}`]) found.push(["missing-signature", {}]);
    return found;
  }
}

export const cents = (points) => (String(points).trim() === "" ? NaN : Math.round(Number(points) * CENTS));
export const plain = (value) => String(value / CENTS);

// Within the range and a multiple of the step; the server asks the same when the sheet is handed in.
export function fits(line, points) {
  const value = cents(points);
  return Number.isFinite(value) && value >= 0 && value <= cents(line.maximum) && value % cents(line.step) === 0;
}

// Why points need a remark: the name of a sentence with its number; null when they need none.
export function remarkReason(line, points) {
  const value = cents(points);
  if (line.mode === "auto") return null;
  if (line.proposal !== null && value !== cents(line.proposal)) return ["remark-needed", {}];
  if (line.remark_needed_below !== null && value < cents(line.remark_needed_below)) return ["remark-below", { n: line.remark_needed_below }];
  if (line.remark_needed_above !== null && value > cents(line.remark_needed_above)) return ["remark-above", { n: line.remark_needed_above }];
  return null;
}

// One step up (1) or down (-1): along the rule's bands where it has them, else by the item's step; a first tap takes an end.
export function stepped(line, points, direction) {
  const value = cents(points);
  const maximum = cents(line.maximum);
  if (!Number.isFinite(value)) return direction > 0 ? plain(maximum) : "0";
  if (line.bands.length) {
    const bands = line.bands.map((band) => cents(band.points)).sort((one, other) => one - other);
    const next = direction > 0 ? bands.find((band) => band > value) : bands.findLast((band) => band < value);
    return plain(next ?? value);
  }
  return plain(Math.min(maximum, Math.max(0, value + direction * cents(line.step))));
}
