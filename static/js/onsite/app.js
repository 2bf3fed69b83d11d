// An expert's day on the device: opens the account's own database, shows the view that the address names after #, and has
// what is typed stored before it is called stored. Sending goes on by itself (sync.js).
import { loginAddress } from "../connection.js";
import { Api } from "./api.js";
import { alarm, quiet, showBar } from "./bar.js";
import { Files } from "./files.js";
import { Model } from "./model.js";
import { Clock, deviceIso } from "./moments.js";
import { forget, forgetFiles, ownDatabases, unsentIn } from "./names.js";
import { show } from "./route.js";
import { openStore } from "./store.js";
import { Sync } from "./sync.js";

const { place, actor, day, entries, photos, submit, worker } = document.documentElement.dataset;
const SOON = 700; // milliseconds after the last tap

class App {
  constructor() {
    this.model = new Model();
    this.clock = new Clock();
    this.api = new Api({ day, entries, photos, submit }, actor);
    this.files = new Files(place, actor);
    this.strangers = [];
    this.failed = new Map();
    this.view = null;
  }

  async start() {
    try {
      this.store = await openStore({ place, account: actor, onGone: () => location.reload() });
      await this.store.set("home", location.pathname);
      this.clock.offset = (await this.store.get("offset")) || 0;
    } catch {
      alarm("storage-forbidden");
      return;
    }
    this.sync = new Sync({ store: this.store, api: this.api, clock: this.clock, onChange: () => this.changed(), onDay: (seats) => this.arrived(seats) });
    this.tabs = new BroadcastChannel(this.store.name);
    this.tabs.addEventListener("message", () => this.reread());
    window.addEventListener("hashchange", () => show(this, true));
    await this.files.look();
    await this.reread();
    show(this, false);
    navigator.storage?.persist?.();
    this.strangers = await othersOnDevice();
    registerWorker();
    this.sync.kick();
    if (this.strangers.length) this.draw();
  }

  // Reads the device again and brings the view up to date.
  async reread() {
    this.model = new Model(await this.store.everything());
    this.draw();
  }

  draw() {
    if (!this.sync) return;
    showBar({ model: this.model, state: this.sync.state, clock: this.clock, loginUrl: loginAddress() });
    this.view?.update?.();
  }

  async changed() {
    await this.reread();
    this.tabs.postMessage("changed");
  }

  // A fresh day: papers of files that are not at work any more leave the device.
  async arrived(seats) {
    await this.files.keepOnly(seats);
    await this.changed();
  }

  // Stores one value. What cannot be stored stays in `failed`, loudly, until it is.
  async keep(seat, key, value) {
    const of = `${seat.id}:${key}`;
    const { round } = this.model.seat(seat.id) ?? seat;
    try {
      await this.store.keep({ seat: seat.id, round, key, value, unit: seat.unit, typedAt: deviceIso(), storedAt: this.clock.iso() });
    } catch (error) {
      this.failed.set(of, { seat, key, value });
      alarm(error.name === "QuotaExceededError" ? "storage-full" : "storage-failed", { n: this.failed.size }, () => this.keepFailed());
      return false;
    }
    if (this.failed.delete(of) && !this.failed.size) quiet();
    await this.changed();
    this.sync.kick(SOON);
    return true;
  }

  async keepFailed() {
    for (const { seat, key, value } of [...this.failed.values()]) await this.keep(seat, key, value);
  }

  async keepPhoto(photo) {
    try {
      await this.store.addPhoto(photo, this.clock.iso());
    } catch {
      alarm("storage-photo");
      return;
    }
    await this.changed();
    this.sync.kick(SOON);
  }

  async keepMeta(key, value) {
    try {
      await (value ? this.store.set(key, value) : this.store.remove(key));
    } catch {
      alarm("storage-failed", { n: 1 });
      return;
    }
    await this.changed();
  }

  show() {
    show(this, false);
  }

  // What was not accepted goes up once more: a lock may have been lifted since.
  async sendAgain(entry) {
    await this.store.again(entry.sequence, this.model.seat(entry.seat).round, deviceIso());
    await this.changed();
    this.sync.kick();
  }

  async sendPhotoAgain(photo) {
    await this.store.photoAnswered(photo.operation, "waiting", "", this.model.meta.sent_at);
    await this.changed();
    this.sync.kick();
  }

  async choose(entry, mine) {
    await this.store.choose(entry.sequence, mine, deviceIso());
    await this.changed();
    this.sync.kick();
  }
}

// Another account's unsent content stays, unseen; what it had sent, and its papers, leave the device now.
async function othersOnDevice() {
  const found = [];
  for (const each of await ownDatabases()) {
    if (each.account === actor) continue;
    const { count } = await unsentIn(each.name);
    if (count) {
      found.push({ ...each, count });
      await forgetFiles(each.place, each.account);
    } else {
      await forget(each);
    }
  }
  return found;
}

async function registerWorker() {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(worker);
    const ready = await navigator.serviceWorker.ready;
    ready.active.postMessage("complete"); // what a sign-out has taken from the cache comes back
  } catch {
    alarm("worker-failed");
  }
}

window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  app.install = event;
  app.draw();
});

const app = new App();
app.start();
