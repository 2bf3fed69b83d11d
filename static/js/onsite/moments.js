// Time as people at the bureau read it. The device's clock may be wrong: once the server has told its own, what is shown and
// what is stamped on a photo is the device's clock put right by the difference.
const ZONE = "Asia/Shanghai";
const make = (options) => new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, hour12: false, ...options });
const CLOCK = make({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const SHORT = make({ hour: "2-digit", minute: "2-digit" });
const DAY = make({ year: "numeric", month: "long", day: "numeric", weekday: "short" });
const MONTH_DAY = make({ month: "long", day: "numeric" });
const KEY = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE });

export class Clock {
  constructor(offset = 0) {
    this.offset = offset;
  }

  // `told` is the server's clock as it answered, in ISO.
  learn(told) {
    const at = Date.parse(told);
    if (Number.isFinite(at)) this.offset = at - Date.now();
  }

  now() {
    return new Date(Date.now() + this.offset);
  }

  iso() {
    return this.now().toISOString();
  }

  today() {
    return dayKey(this.now());
  }

  // 14:26:08, and the day before it when it was not today.
  seconds(iso) {
    if (!iso) return "";
    const at = new Date(iso);
    return dayKey(at) === this.today() ? CLOCK.format(at) : `${MONTH_DAY.format(at)} ${CLOCK.format(at)}`;
  }
}

// The device's own clock, right or wrong: what the protocol wants beside what the server notes itself.
export const deviceIso = () => new Date().toISOString();
export const dayKey = (at) => KEY.format(new Date(at));
export const dayWords = (at) => DAY.format(new Date(at));
export const monthDayWords = (at) => MONTH_DAY.format(new Date(at));
export const clockWords = (at) => SHORT.format(new Date(at));
export const momentWords = (at) => `${DAY.format(new Date(at))} ${SHORT.format(new Date(at))}`;
