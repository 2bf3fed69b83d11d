// What is on the device, for one account at one place. Every change is one transaction: what the page calls stored is stored.
//   meta    day (the last day.json), device, offset, stored_at, sent_at, home, lease, signature-<seat>, submit-<seat>
//   values  {seat, key, value, revision, round}: what stands in a field, and the server's revision it grew from
//   queue   {sequence, operation, seat, round, key, value, base, typed_at, unit, state, tried, message, theirs}
//           state: waiting, conflict (theirs = {value, revision, round}), refused. tried: it may have reached the server,
//           so it is never changed any more
//   photos  {operation, seat, item, blob, taken_at, caption, latitude, longitude, accuracy, state, message}
import { openDB } from "../../vendor/idb/idb.js";
import { databaseName, remember } from "./names.js";

const OF_A_SEAT = /^(?:signature|submit)-(\d+)$/;
const SAFE = { durability: "strict" };
const KEPT_OF_SUBMITTED = ["id", "round", "unit", "number", "track", "district", "chair", "expert_no", "state", "message",
  "visit", "submitted_at", "sha256"];

function build(db) {
  db.createObjectStore("meta");
  db.createObjectStore("values", { keyPath: ["seat", "key"] });
  const queue = db.createObjectStore("queue", { keyPath: "sequence", autoIncrement: true });
  queue.createIndex("of", ["seat", "key"]);
  db.createObjectStore("photos", { keyPath: "operation" });
}

export async function openStore({ place, account, onGone }) {
  const name = databaseName(place, account);
  const db = await openDB(name, 1, {
    upgrade: build,
    blocking(current, next, event) {
      event.target.close();
      onGone();
    },
    terminated: onGone,
  });
  remember(name);
  return new Store(name, db);
}

const open = (entry) => entry.state !== "refused";

export class Store {
  constructor(name, db) {
    this.name = name;
    this.db = db;
  }

  get(key) {
    return this.db.get("meta", key);
  }

  set(key, value) {
    return this.db.put("meta", value, key);
  }

  remove(key) {
    return this.db.delete("meta", key);
  }

  async device() {
    const known = await this.get("device");
    if (known) return known;
    const made = crypto.randomUUID();
    await this.set("device", made);
    return made;
  }

  async everything() {
    const read = this.db.transaction(["values", "queue", "photos", "meta"]);
    const [values, queue, photos, keys, contents] = await Promise.all([
      read.objectStore("values").getAll(),
      read.objectStore("queue").getAll(),
      read.objectStore("photos").getAll(),
      read.objectStore("meta").getAllKeys(),
      read.objectStore("meta").getAll(),
    ]);
    return { values, queue, photos, meta: Object.fromEntries(keys.map((key, at) => [key, contents[at]])) };
  }

  // A value typed on this device. A queued one that was never sent is replaced; one that may be on its way gets a successor.
  async keep({ seat, round, key, value, unit, typedAt, storedAt }) {
    const change = this.db.transaction(["values", "queue", "meta"], "readwrite", SAFE);
    const values = change.objectStore("values");
    const queue = change.objectStore("queue");
    const known = await values.get([seat, key]);
    if ((known?.value ?? "") !== value) {
      const queued = (await queue.index("of").getAll([seat, key])).filter(open);
      const typed = { value, typed_at: typedAt };
      const replaced = queued.find((entry) => entry.state === "conflict" || !entry.tried);
      const revision = known?.revision ?? 0;
      if (replaced) await queue.put({ ...replaced, ...typed });
      else await queue.add({ operation: crypto.randomUUID(), seat, round, key, unit, ...typed, base: revision, state: "waiting", tried: false });
      await values.put({ seat, key, value, revision, round });
      await change.objectStore("meta").put(storedAt, "stored_at");
    }
    await change.done;
  }

  // The next entries to send, in the order they were typed; of one key only the first, since the next builds on its answer.
  async batch(limit) {
    const change = this.db.transaction("queue", "readwrite", SAFE);
    const taken = new Map();
    for (const entry of await change.store.getAll()) {
      const of = `${entry.seat}:${entry.key}`;
      if (entry.state !== "waiting" || taken.has(of) || taken.size >= limit) continue;
      taken.set(of, { ...entry, tried: true });
    }
    const entries = [...taken.values()];
    await Promise.all(entries.filter((entry) => entry.tried).map((entry) => change.store.put(entry)));
    await change.done;
    return entries;
  }

  // What the server said to a batch. Shape of a result: see the protocol (outcome, revision, value, round, message).
  async answered(results, sentAt) {
    const change = this.db.transaction(["values", "queue", "meta"], "readwrite", SAFE);
    const queue = change.objectStore("queue");
    const sent = new Map((await queue.getAll()).map((entry) => [entry.operation, entry]));
    for (const result of results) {
      const entry = sent.get(result.operation);
      if (entry) await settle(change, entry, result);
    }
    await change.objectStore("meta").put(sentAt, "sent_at");
    await change.done;
  }

  // One of two versions is chosen: mine goes up again over what the server holds, theirs replaces mine here.
  async choose(sequence, mine, typedAt) {
    const change = this.db.transaction(["values", "queue"], "readwrite", SAFE);
    const queue = change.objectStore("queue");
    const entry = await queue.get(sequence);
    if (entry?.state === "conflict") {
      const { theirs, seat, key } = entry;
      if (mine) await queue.put({ ...entry, operation: crypto.randomUUID(), base: theirs.revision, round: theirs.round, typed_at: typedAt, state: "waiting", tried: false, theirs: null });
      else await queue.delete(sequence);
      const value = mine ? entry.value : theirs.value;
      await change.objectStore("values").put({ seat, key, value, revision: theirs.revision, round: theirs.round });
    }
    await change.done;
  }

  // What was refused goes up once more, over what the server holds by now.
  async again(sequence, round, typedAt) {
    const change = this.db.transaction(["values", "queue"], "readwrite", SAFE);
    const queue = change.objectStore("queue");
    const values = change.objectStore("values");
    const entry = await queue.get(sequence);
    if (entry?.state === "refused") {
      const { seat, key, value } = entry;
      const revision = (await values.get([seat, key]))?.revision ?? 0;
      await queue.put({ ...entry, operation: crypto.randomUUID(), round, base: revision, typed_at: typedAt, state: "waiting", tried: false, message: "" });
      await values.put({ seat, key, value, revision, round });
    }
    await change.done;
  }

  // The server holds a newer revision than this device had seen when a sheet was to be handed in.
  async differs({ seat, round, key, value, revision, unit, typedAt }) {
    const change = this.db.transaction(["values", "queue"], "readwrite", SAFE);
    const values = change.objectStore("values");
    const known = await values.get([seat, key]);
    if ((known?.value ?? "") === value) {
      await values.put({ seat, key, value, revision, round });
    } else {
      const theirs = { value, revision, round };
      await change.objectStore("queue").add({ operation: crypto.randomUUID(), seat, round, key, unit, value: known?.value ?? "", base: known?.revision ?? 0, typed_at: typedAt, state: "conflict", tried: true, theirs });
    }
    await change.done;
  }

  drop(sequence) {
    return this.db.delete("queue", sequence);
  }

  async addPhoto(photo, storedAt) {
    const change = this.db.transaction(["photos", "meta"], "readwrite", SAFE);
    await change.objectStore("photos").add({ ...photo, state: "waiting", message: "" });
    await change.objectStore("meta").put(storedAt, "stored_at");
    await change.done;
  }

  async nextPhoto() {
    const waiting = (await this.db.getAll("photos")).filter((photo) => photo.state === "waiting");
    return waiting.sort((one, other) => (one.taken_at < other.taken_at ? -1 : 1))[0];
  }

  async photoAnswered(operation, state, message, sentAt) {
    const change = this.db.transaction(["photos", "meta"], "readwrite", SAFE);
    const photo = await change.objectStore("photos").get(operation);
    if (photo) await change.objectStore("photos").put({ ...photo, state, message });
    await change.objectStore("meta").put(sentAt, "sent_at");
    await change.done;
  }

  dropPhoto(operation) {
    return this.db.delete("photos", operation);
  }

  // A fresh day.json: what the server holds stands, except where something of this device still waits. A sheet that is handed
  // in, or no longer this expert's, leaves the device, up to its name and its receipt. Return the seats that are at work.
  async takeDay(day, fetchedAt) {
    const change = this.db.transaction(["meta", "values", "queue", "photos"], "readwrite", SAFE);
    const atWork = day.seats.filter((seat) => !seat.submitted_at && seat.state !== "undeclared");
    const alive = new Set(atWork.map((seat) => seat.id));
    const queued = (await change.objectStore("queue").getAll()).filter(open);
    await mergeValues(change.objectStore("values"), atWork, new Set(queued.map((entry) => `${entry.seat}:${entry.key}`)));
    const photos = change.objectStore("photos");
    for (const photo of await photos.getAll()) {
      if (photo.state === "sent" && !alive.has(photo.seat)) await photos.delete(photo.operation);
    }
    const meta = change.objectStore("meta");
    for (const key of await meta.getAllKeys()) {
      const [, seat] = OF_A_SEAT.exec(key) || [];
      if (seat && !alive.has(Number(seat))) await meta.delete(key);
    }
    await meta.put({ ...day, token: "", seats: day.seats.map(reduced), fetched_at: fetchedAt }, "day");
    await change.done;
    return atWork;
  }
}

function reduced(seat) {
  if (!seat.submitted_at) return seat;
  return Object.fromEntries(KEPT_OF_SUBMITTED.map((name) => [name, seat[name]]));
}

async function mergeValues(values, seats, waits) {
  const held = new Map();
  for (const { id, round, kept } of seats) {
    for (const [key, { value, revision }] of Object.entries(kept)) held.set(`${id}:${key}`, { seat: id, key, value, revision, round });
  }
  for (const stored of await values.getAll()) {
    const of = `${stored.seat}:${stored.key}`;
    if (!waits.has(of) && !held.has(of)) await values.delete([stored.seat, stored.key]);
  }
  for (const [of, value] of held) if (!waits.has(of)) await values.put(value);
}

async function settle(change, entry, result) {
  const queue = change.objectStore("queue");
  const values = change.objectStore("values");
  const { seat, key } = entry;
  const later = (await queue.index("of").getAll([seat, key])).find((other) => other.sequence > entry.sequence && open(other));
  const theirs = { value: result.value ?? "", revision: result.revision ?? 0, round: result.round ?? entry.round };
  if (result.outcome === "conflict") {
    const kept = later ?? entry;
    if (later) await queue.delete(entry.sequence);
    await queue.put({ ...kept, state: "conflict", tried: true, theirs, message: result.message || "" });
    return;
  }
  if (result.outcome === "refused") await queue.put({ ...entry, state: "refused", tried: true, message: result.message || "" });
  else await queue.delete(entry.sequence);
  if (later) {
    if (result.outcome !== "refused") await queue.put({ ...later, base: theirs.revision, round: theirs.round });
    const known = await values.get([seat, key]);
    await values.put({ ...known, revision: theirs.revision, round: theirs.round });
  } else {
    await values.put({ seat, key, ...theirs });
  }
}
