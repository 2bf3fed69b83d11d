// Sends what waits: in order, one tab at a time, again until the server has answered. What it could not do is a word in
// `state`: idle, sending, offline, unreachable, busy, signed_out, other_account, rejected.
import { Unreachable } from "./api.js";
import { exclusive } from "./exclusive.js";
import { deviceIso } from "./moments.js";

const AT_ONCE = 200;
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;
const STALE = 60_000;
const SURPRISES = new Set(["conflict", "refused"]);
const STOPS = new Set(["signed_out", "other_account", "rejected"]); // trying again would be told the same

export class Sync {
  constructor({ store, api, clock, onChange, onDay }) {
    Object.assign(this, { store, api, clock, onChange, onDay });
    this.state = "idle";
    this.tries = 0;
    this.timer = 0;
    this.fetched = 0;
    this.running = null;
    this.wanted = false;
    window.addEventListener("online", () => this.kick());
    window.addEventListener("offline", () => this.tell("offline"));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.kick();
    });
  }

  // Send soon: taps that follow one another go together.
  kick(pause = 0) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), pause);
  }

  // Send now; resolves when nothing waits any more or nothing more can be done.
  run() {
    this.wanted = true;
    this.running ??= this.loop().finally(() => { this.running = null; });
    return this.running;
  }

  async loop() {
    while (this.wanted) {
      this.wanted = false;
      await this.once();
    }
  }

  async once() {
    clearTimeout(this.timer);
    if (!navigator.onLine) {
      await this.tell("offline");
      return;
    }
    let state;
    try {
      state = await exclusive(this.store, () => this.pass());
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      state = navigator.onLine ? "unreachable" : "offline";
    }
    await this.tell(state);
    this.plan(state);
  }

  plan(state) {
    if (state === "idle" || STOPS.has(state)) {
      this.tries = 0;
      return;
    }
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.tries);
    this.tries += 1;
    this.timer = setTimeout(() => this.run(), pause * (0.75 + Math.random() / 2));
  }

  async tell(state) {
    this.state = state;
    await this.onChange();
  }

  // Asks for the day anew at the next pass, whatever its age.
  expire() {
    this.fetched = 0;
  }

  async pass() {
    if (!this.api.token || Date.now() - this.fetched > STALE) {
      const found = await this.refresh();
      if (found !== "ok") return found;
    }
    let state = await this.sendEntries();
    if (state === "ok") state = await this.sendPhotos();
    if (state === "idle" && !this.fetched) await this.refresh(); // a sheet was changed elsewhere: what else of it was?
    return state;
  }

  async refresh() {
    const { kind, body } = await this.api.day();
    if (kind !== "ok") return kind;
    this.clock.learn(body.now);
    await this.store.set("offset", this.clock.offset);
    const atWork = await this.store.takeDay(body, this.clock.iso());
    this.fetched = Date.now();
    await this.onDay(atWork);
    return "ok";
  }

  async sendEntries() {
    for (;;) {
      const entries = await this.store.batch(AT_ONCE);
      if (!entries.length) return "ok";
      await this.tell("sending");
      const said = { device: await this.store.device(), sent_at: deviceIso(), entries: entries.map(worded) };
      const { kind, body } = await this.api.entries(said);
      if (kind !== "ok") return kind;
      this.clock.learn(body.now);
      await this.store.answered(body.results, this.clock.iso());
      if (body.results.some((result, index) => SURPRISES.has(result.outcome) || result.round !== entries[index]?.round)) this.expire();
      if (!body.results.length) return "rejected";
      await this.tell("sending");
    }
  }

  async sendPhotos() {
    for (;;) {
      const photo = await this.store.nextPhoto();
      if (!photo) return "idle";
      await this.tell("sending");
      const { operation, seat, item, taken_at, caption, latitude, longitude, accuracy } = photo;
      const said = { device: await this.store.device(), operation, seat, item, taken_at, caption, latitude, longitude, accuracy };
      const { kind, body } = await this.api.photo(said, photo.blob);
      if (kind === "rejected") await this.store.photoAnswered(operation, "refused", body?.message || "", this.clock.iso());
      else if (kind !== "ok") return kind;
      else await this.store.photoAnswered(operation, body.outcome === "refused" ? "refused" : "sent", body.message || "", this.clock.iso());
    }
  }
}

function worded({ operation, seat, round, sequence, key, value, base, typed_at }) {
  return { operation, seat, round, sequence, key, value, base, typed_at };
}
