// What lies on the device and under which name: one database and one cache of files for each place and account. Both the
// app and the sign-out of every other page read this, so that nothing stays behind under a name only one of them knows.
import { openDB } from "../../vendor/idb/idb.js";

const DATABASE = /^onsite-(.+)-(\d+)$/;
const REGISTER = "onsite-databases"; // for browsers that do not list their databases
const SHELL = "onsite-shell-";

export const databaseName = (place, account) => `onsite-${place}-${account}`;
export const filesCacheName = (place, account) => `onsite-files-${place}-${account}`;

function registered() {
  try {
    return JSON.parse(localStorage.getItem(REGISTER)) || [];
  } catch {
    return [];
  }
}

function register(names) {
  try {
    localStorage.setItem(REGISTER, JSON.stringify(names));
  } catch {
    // Storage is forbidden: then there is no database either, and opening one says so loudly.
  }
}

export function remember(name) {
  register([...new Set([...registered(), name])]);
}

// Every database of the app in this browser: {name, place, account}.
export async function ownDatabases() {
  const listed = indexedDB.databases ? (await indexedDB.databases()).map((each) => each.name) : registered();
  return listed
    .map((name) => DATABASE.exec(name || ""))
    .filter(Boolean)
    .map(([name, place, account]) => ({ name, place, account }));
}

// What of a database has not reached the server: entries, photos, drawn signatures. Shape: {count, home}.
export async function unsentIn(name) {
  let fresh = false;
  const db = await openDB(name, undefined, { upgrade() { fresh = true; } });
  try {
    if (!db.objectStoreNames.contains("queue")) return { count: 0, home: "" };
    const entries = await db.count("queue");
    const photos = (await db.getAll("photos")).filter((photo) => photo.state !== "sent").length;
    const signatures = (await db.getAllKeys("meta")).filter((key) => String(key).startsWith("signature-")).length;
    return { count: entries + photos + signatures, home: (await db.get("meta", "home")) || "" };
  } finally {
    db.close();
    if (fresh) await deleted(name); // there was none: looking must not leave an empty one behind
  }
}

// Empties a database first: an open tab may keep it from being deleted, but not from being emptied.
async function emptied(name) {
  const db = await openDB(name);
  const stores = [...db.objectStoreNames];
  if (stores.length) {
    const change = db.transaction(stores, "readwrite");
    await Promise.all([...stores.map((store) => change.objectStore(store).clear()), change.done]);
  }
  db.close();
}

function deleted(name) {
  return new Promise((done) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = request.onblocked = () => done();
  });
}

export async function forget({ name, place, account }) {
  await emptied(name);
  await deleted(name);
  register(registered().filter((each) => each !== name));
  await forgetFiles(place, account);
}

export async function forgetFiles(place, account) {
  if ("caches" in window) await caches.delete(filesCacheName(place, account));
}

// The page of the app carries the account's name: it goes with the account.
export async function forgetShell() {
  if (!("caches" in window)) return;
  const names = (await caches.keys()).filter((name) => name.startsWith(SHELL));
  await Promise.all(names.map((name) => caches.delete(name)));
}
