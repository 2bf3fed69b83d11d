// What is on the device and has not been sent: conflicts with both versions, what was not accepted and why, what waits.
import { announce } from "../announce.js";
import { ask } from "./ask.js";
import { conflictBox, named, worded } from "./conflict.js";
import { at, clone, fill, repeat, text } from "./dom.js";
import { source } from "./photos.js";

async function copied(row, value) {
  try {
    await navigator.clipboard.writeText(value);
    announce(text("copied"));
    fill(row, { copy: text("copied") });
  } catch {
    getSelection().selectAllChildren(at(row, "value")); // then the person copies by hand
  }
}

async function dropped(app, what, drop) {
  const yes = await ask({ title: text("drop-title"), lines: [what, text("drop-why")], yes: text("drop-yes"), risky: true });
  if (!yes) return;
  await drop();
  await app.changed();
}

function putRefused(app, row, entry) {
  const seat = app.model.seat(entry.seat);
  const value = worded(seat, entry.key, entry.value);
  fill(row, { unit: entry.unit, what: named(seat, entry.key), value, why: entry.message || text("refused-unknown") });
  at(row, "copy").addEventListener("click", () => copied(row, value));
  at(row, "again").hidden = seat?.state !== "open";
  at(row, "again").addEventListener("click", () => app.sendAgain(entry));
  at(row, "drop").addEventListener("click", () => dropped(app, named(seat, entry.key), () => app.store.drop(entry.sequence)));
}

function putPhoto(app, row, photo) {
  const seat = app.model.seat(photo.seat);
  const name = text("photo-alt", { n: photo.item, time: app.clock.seconds(photo.taken_at) });
  const address = source(photo);
  fill(row, { unit: seat?.unit || text("seat-gone", { n: photo.seat }), what: name, why: photo.message || text("refused-unknown") });
  at(row, "image").src = address;
  at(row, "image").alt = name;
  at(row, "save").href = address;
  at(row, "save").download = `${photo.operation}.jpg`;
  at(row, "again").hidden = seat?.state !== "open";
  at(row, "again").addEventListener("click", () => app.sendPhotoAgain(photo));
  at(row, "drop").addEventListener("click", () => dropped(app, name, () => app.store.dropPhoto(photo.operation)));
}

function waitingRows(app) {
  const entries = app.model.queue.filter((entry) => entry.state === "waiting").map((entry) => {
    const seat = app.model.seat(entry.seat);
    return { unit: entry.unit, what: named(seat, entry.key), value: worded(seat, entry.key, entry.value), time: entry.typed_at };
  });
  const photos = app.model.photos.filter((photo) => photo.state === "waiting").map((photo) => {
    const seat = app.model.seat(photo.seat);
    return { unit: seat?.unit || text("seat-gone", { n: photo.seat }), what: text("photo-of", { n: photo.item }), value: text("photo-size", { n: Math.ceil(photo.blob.size / 1024) }), time: null, photo };
  });
  return [...entries, ...photos];
}

function list(element, part, id, rows, put) {
  at(element, `${part}-part`).hidden = !rows.length;
  fill(element, { [`${part}-count`]: rows.length });
  repeat(at(element, part), id, rows, put);
}

export function waitingView(app) {
  const element = clone("view-waiting");
  let drawn = "";
  at(element, "send").addEventListener("click", () => app.sync.run());
  const update = () => {
    const { queue, photos } = app.model;
    const now = JSON.stringify([queue, photos.map((photo) => [photo.operation, photo.state])]);
    at(element, "send").hidden = !app.model.counts().waiting;
    if (now === drawn) return;
    drawn = now;
    const conflicts = queue.filter((entry) => entry.state === "conflict");
    list(element, "conflicts", "conflict-of", conflicts, (row, entry) => {
      fill(row, { unit: entry.unit });
      row.append(conflictBox(app, app.model.seat(entry.seat), entry));
    });
    list(element, "refused", "refused", queue.filter((entry) => entry.state === "refused"), (row, entry) => putRefused(app, row, entry));
    list(element, "photos", "refused-photo", photos.filter((photo) => photo.state === "refused"), (row, photo) => putPhoto(app, row, photo));
    const rows = waitingRows(app);
    list(element, "waiting", "waiting-row", rows, (row, each) => {
      const moment = each.photo?.taken_at ?? new Date(Date.parse(each.time) + app.clock.offset).toISOString();
      fill(row, { unit: each.unit, what: each.what, value: each.value, time: app.clock.seconds(moment) });
      at(row, "drop").hidden = !each.photo; // a picture that should not have been taken need not be sent first
      at(row, "drop").addEventListener("click", () => dropped(app, each.what, () => app.store.dropPhoto(each.photo.operation)));
    });
    at(element, "nothing").hidden = rows.length + conflicts.length + queue.length + photos.filter((photo) => photo.state !== "sent").length > 0;
  };
  return { back: ["#/", text("back-day")], title: element.dataset.title, element, update };
}
