// Photos taken on site: made smaller and free of what the camera wrote into them (a canvas keeps the picture alone), stamped
// with the time put right by the server's clock, and with the position only where the expert asked for it.
import { at, clone, fill, link, text } from "./dom.js";

const EDGE = 2000; // pixels of the longer side
const QUALITY = 0.82;
const PATIENCE = 8_000; // milliseconds that finding the position may take
const pictures = new Map(); // addresses of the blobs on this page

async function opened(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
}

async function smaller(file) {
  const picture = await opened(file);
  if (!picture) return null;
  const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // a transparent picture becomes paper, not night
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
}

// Where the photo was taken, or nothing: refused, too slow and unknown are all fine.
function position() {
  return new Promise((done) => {
    if (!navigator.geolocation) return done({});
    return navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({ latitude: coords.latitude, longitude: coords.longitude, accuracy: coords.accuracy }),
      () => done({}),
      { timeout: PATIENCE, maximumAge: 60_000, enableHighAccuracy: true },
    );
  });
}

// The address of a photo's picture: one for each blob, however often it is drawn.
export function source(photo) {
  if (!photo.blob) return photo.url;
  if (!pictures.has(photo.operation)) pictures.set(photo.operation, URL.createObjectURL(photo.blob));
  return pictures.get(photo.operation);
}

function figure(app, seat, line, photo) {
  const made = clone("photo");
  const image = at(made, "image");
  image.src = source(photo);
  image.alt = text("photo-alt", { n: line.number, time: app.clock.seconds(photo.taken_at) });
  link(made, "open", source(photo));
  fill(made, { state: photo.state === "sent" ? null : text(`photo-${photo.state}`) });
  return made;
}

export function wirePhotos(app, element, seat, line, locked) {
  const part = at(element, "photos-part");
  part.hidden = !seat.visit;
  if (!seat.visit) return () => {};
  const list = at(element, "photos");
  const add = at(element, "photo-add");
  const input = at(element, "camera");
  const where = at(element, "where");
  add.hidden = locked;
  at(element, "where-line").hidden = locked || !navigator.geolocation;
  where.checked = Boolean(app.model.meta.position);
  where.addEventListener("change", () => app.keepMeta("position", where.checked));
  input.setAttribute("aria-label", text("photo-take", { n: line.number }));
  input.addEventListener("change", async () => {
    const files = [...input.files];
    const taken = app.clock.iso();
    const spot = where.checked ? await position() : {};
    fill(element, { "photo-error": null });
    for (const file of files) {
      const blob = await smaller(file);
      if (!blob) fill(element, { "photo-error": text("photo-unreadable", { name: file.name }) });
      else await app.keepPhoto({ operation: crypto.randomUUID(), seat: seat.id, item: line.number, blob, taken_at: taken, caption: `${line.number} ${line.title}`.slice(0, 100), ...spot });
    }
    input.value = "";
  });
  return () => {
    const photos = app.model.photosOf(seat, line.number);
    const drawn = photos.map((photo) => `${photo.operation}:${photo.state}`).join("|");
    if (list.dataset.drawn === drawn) return;
    list.dataset.drawn = drawn;
    list.replaceChildren(...photos.map((photo) => figure(app, seat, line, photo)), add);
  };
}
