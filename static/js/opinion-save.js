// The page of an opinion saves itself: at once after a tap, a second after typing, entry by entry over what the page has
// seen. What another device wrote meanwhile is shown beside what stands here; nothing is overwritten. Without this script the
// button 存草稿 saves the page as before.
import { announce } from "./announce.js";
import { connectionIsBack, reportFailure } from "./connection.js";
import { csrfToken } from "./form-token.js";

const PAUSE = 1000; // after the last key
const SOON = 150; // after a tap
const AGAIN = 8000; // after a failure
const SMALL = 15_000; // characters; a browser lets 64 KB outlive a page
const form = document.querySelector("form[data-entries]");
const DEVICE = "opinion-device";

// held: what the server has as far as this page knows; queue: typed and not sent; flight: sent and not answered.
const page = { held: {}, seen: {}, queue: new Map(), flight: [], round: 0, sequence: 0, timer: 0, saving: null, halted: false };

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID(); // only where the connection is safe
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function device() {
  try {
    const known = localStorage.getItem(DEVICE) || uuid();
    localStorage.setItem(DEVICE, known);
    return known;
  } catch {
    return page.device ??= uuid(); // storage is forbidden: this page is a device of its own
  }
}

function keyOf(name) {
  if (name === "conclusion" || name === "text") return name;
  const found = /^(score|remark)_(.+)$/.exec(name || "");
  return found ? `${found[1]}.${found[2]}` : "";
}

const nameOf = (key) => key.replace(".", "_");
const valueOf = (key) => (form.elements[nameOf(key)]?.value ?? "").trim();

function fields() {
  return [...new Set([...form.elements].map((element) => keyOf(element.name)).filter(Boolean))];
}

function state(name, text) {
  const line = document.getElementById("save-state");
  line.dataset.state = name;
  const icon = document.createElement("span");
  icon.className = `icon icon--${{ saved: "done", saving: "doing", failed: "failed" }[name]}`;
  icon.setAttribute("aria-hidden", "true");
  line.replaceChildren(icon, document.createTextNode(text));
}

function alarm(text) {
  const line = document.getElementById("alarm");
  line.textContent = text;
  line.hidden = false;
}

function typed(key, pause) {
  if (page.halted) return;
  const value = valueOf(key);
  const sent = page.flight.find((entry) => entry.key === key);
  if (value === (sent ? sent.value : page.held[key] ?? "")) page.queue.delete(key);
  else page.queue.set(key, { operation: uuid(), key, value, typed_at: new Date().toISOString() });
  clearTimeout(page.timer);
  page.timer = setTimeout(save, pause);
}

// What was sent and not answered goes again as it was: the server knows it by its number.
function nextEntries() {
  if (page.flight.length) return page.flight;
  const seat = Number(form.dataset.seat);
  page.flight = [...page.queue.values()].map((entry) => ({
    ...entry, seat, round: page.round, sequence: (page.sequence += 1), base: page.seen[entry.key] || 0,
  }));
  page.queue.clear();
  return page.flight;
}

async function post(entries, token, again = true) {
  const content = JSON.stringify({
    account: Number(document.documentElement.dataset.actor), device: device(), sent_at: new Date().toISOString(), entries,
  });
  const response = await fetch(form.dataset.entries, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
    body: content,
    keepalive: content.length < SMALL, // arrives even if the tab is closed meanwhile
    redirect: "manual",
  });
  const body = await response.json().catch(() => null);
  if (response.status === 403 && body?.error === "csrf" && again) return post(entries, body.token, false);
  return { response, body };
}

async function send() {
  const { response, body } = await post(nextEntries(), csrfToken(form));
  if (!response.ok || !body) return failed(response.status, body?.message);
  page.flight = [];
  const results = body.results.map(settle);
  if (results.every(Boolean)) saved(body.now);
  else state("failed", "有内容尚未保存");
  connectionIsBack();
  return true;
}

function saved(now) {
  const clock = now.slice(11, 19);
  state("saved", `已保存 ${clock}`);
  if (!page.queue.size) form.dispatchEvent(new Event("saved"));
}

// True when the entry is written, or was already there.
function settle({ outcome, key, value, revision, round, message }) {
  if (outcome === "written" || outcome === "same") {
    page.held[key] = value.trim();
    page.seen[key] = revision;
    form.elements.seen.value = JSON.stringify(page.seen);
    note(key)?.remove();
    return true;
  }
  if (outcome === "conflict") showBoth(key, value, revision, round);
  else tell(key, message);
  return false;
}

function failed(status, message) {
  state("failed", "尚未保存");
  if (status === 409 && message) {
    page.halted = message;
    alarm(message);
    return false;
  }
  reportFailure(status, { retry: save });
  clearTimeout(page.timer);
  if (![400, 401, 403, 404].includes(status)) page.timer = setTimeout(save, AGAIN);
  return false;
}

// One sending at a time; what is typed meanwhile goes with the next.
async function save() {
  clearTimeout(page.timer);
  if (page.saving) await page.saving;
  if (page.halted || !(page.queue.size || page.flight.length)) return;
  state("saving", "正在保存…");
  page.saving = send().catch(() => failed(0));
  const went = await page.saving;
  page.saving = null;
  if (went && page.queue.size) page.timer = setTimeout(save, SOON);
}

function note(key) {
  return form.querySelector(`[data-note="${CSS.escape(key)}"]`);
}

function place(key, children) {
  note(key)?.remove();
  const element = form.elements[nameOf(key)];
  const field = (element instanceof RadioNodeList ? element[0] : element).closest(".scores__item, .field");
  if (key.startsWith("remark.")) field.querySelector("details")?.setAttribute("open", "");
  const box = document.createElement("div");
  box.className = "note note--bad";
  box.dataset.note = key;
  box.setAttribute("role", "alert");
  const body = document.createElement("div");
  body.append(...children);
  box.append(body);
  field.append(box);
  announce(body.textContent);
}

function paragraph(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--small";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

function shown(key, value) {
  if (!value) return "（空）";
  const chosen = key === "conclusion" && form.querySelector(`input[name="conclusion"][value="${CSS.escape(value)}"]`);
  return chosen ? chosen.closest("label").textContent.trim() : value;
}

function tell(key, message) {
  place(key, [paragraph(`尚未保存：${message}`)]);
}

function showBoth(key, value, revision, round) {
  const choices = document.createElement("p");
  choices.className = "line";
  const accept = () => {
    page.seen[key] = revision;
    page.held[key] = value.trim();
    page.round = page.seen.round = round;
    form.elements.seen.value = JSON.stringify(page.seen);
    note(key).remove();
  };
  choices.append(
    button("保留本页的", () => { accept(); typed(key, 0); }),
    button("改用另一处的", () => { accept(); put(key, value); typed(key, 0); state("saved", "已改用另一处的内容"); }),
  );
  place(key, [
    paragraph("此项在另一处已作修改，尚未保存。"),
    paragraph(`另一处：${shown(key, value)}`),
    paragraph(`本页：${shown(key, valueOf(key))}`),
    choices,
  ]);
}

function put(key, value) {
  form.elements[nameOf(key)].value = value;
  const element = form.elements[nameOf(key)];
  if (!(element instanceof RadioNodeList)) element.dispatchEvent(new Event("input", { bubbles: true }));
}

// The whole page goes with what the entries have become: one that is under way is waited for.
async function submitted(event) {
  clearTimeout(page.timer);
  if (!page.saving) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await page.saving;
  form.requestSubmit(event.submitter);
}

function start() {
  page.seen = JSON.parse(form.elements.seen.value || "{}");
  page.round = Number(form.dataset.round);
  for (const key of fields()) page.held[key] = valueOf(key);
  form.addEventListener("input", (event) => {
    const key = keyOf(event.target.name);
    const tapped = event.target.matches("input[type=radio]") || !event.isTrusted; // − and ＋ are taps
    if (key) typed(key, tapped ? SOON : PAUSE);
  });
  form.addEventListener("submit", submitted, { capture: true });
  document.addEventListener("connection-back", save);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  window.addEventListener("beforeunload", (event) => {
    if ((page.queue.size || page.flight.length) && document.getElementById("save-state").dataset.state === "failed") event.preventDefault();
  });
}

if (form) start();
