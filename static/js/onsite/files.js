// The papers of a file on the device: fetched when the expert asks for them, opened from the cache, gone with the sheet.
import { filesCacheName } from "./names.js";

export class Files {
  constructor(place, account) {
    this.name = filesCacheName(place, account);
    this.held = new Set();
    this.possible = "caches" in window;
  }

  async look() {
    if (!this.possible || !(await caches.has(this.name))) return;
    const cache = await caches.open(this.name);
    this.held = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  }

  has(file) {
    return this.held.has(file.url);
  }

  // The worker answers for this address from the cache, so that it opens without a connection.
  address(file) {
    return this.has(file) ? `./files/${file.id}/` : file.url;
  }

  // Fetch one file into the cache; false when it could not be had or there is no room for it.
  async fetch(file) {
    if (this.has(file)) return true;
    try {
      const response = await fetch(file.url, { credentials: "same-origin", cache: "no-store" });
      const page = (response.headers.get("content-type") || "").startsWith("text/html"); // asked to sign in
      if (!response.ok || response.redirected || page) return false;
      const cache = await caches.open(this.name);
      await cache.put(file.url, response);
    } catch {
      return false;
    }
    this.held.add(file.url);
    return true;
  }

  // Drop the papers of every file that is not among these seats.
  async keepOnly(seats) {
    if (!this.held.size) return;
    const wanted = new Set(seats.flatMap((seat) => filesOf(seat)).map((file) => file.url));
    const cache = await caches.open(this.name);
    for (const url of [...this.held]) {
      if (wanted.has(url)) continue;
      await cache.delete(url);
      this.held.delete(url);
    }
    if (!this.held.size) await caches.delete(this.name);
  }
}

export function filesOf(seat) {
  return (seat.file?.materials || []).flatMap((slot) => slot.files);
}
