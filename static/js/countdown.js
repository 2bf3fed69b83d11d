// Keeps countdowns true while a page stays open. Days are the server's (it knows the working-day calendar); under 24 hours
// this script tells hours and minutes by the server's clock, never by the visitor's.
const HOUR = 3600;
const DAY = 24 * HOUR;
const opened = performance.now();
const told = Date.parse(document.documentElement.dataset.now);
const base = Number.isNaN(told) ? Date.now() : told;

export function serverNow() {
  return base + (performance.now() - opened);
}

export function leftInWords(seconds) {
  if (seconds <= 0) return "已截止";
  if (seconds < HOUR) return `${Math.max(1, Math.floor(seconds / 60))} 分钟`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} 小时`;
  return null;
}

function tick(element) {
  const seconds = (Date.parse(element.dataset.countdown) - serverNow()) / 1000;
  const words = leftInWords(seconds);
  if (words === null) return;
  const target = element.querySelector("[data-left]");
  if (target && target.textContent !== words) target.textContent = words;
  element.classList.toggle("countdown--urgent", seconds > 0);
  element.classList.toggle("countdown--over", seconds <= 0);
}

let timer = null;

export function startCountdowns(root) {
  root.querySelectorAll("[data-countdown]").forEach(tick);
  timer ??= setInterval(() => document.querySelectorAll("[data-countdown]").forEach(tick), 20000);
}
