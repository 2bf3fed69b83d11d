// A page of the application form: saves itself a second after typing stops, shows what follows from it, loses nothing.
import { announce } from "./announce.js";
import { connectionIsBack, reportFailure } from "./connection.js";
import { forget, keep, offer } from "./form-kept.js";
import { watchPresence } from "./form-presence.js";
import { readAnswers, writeAnswers } from "./form-read.js";
import { showOutcome } from "./form-show.js";
import { wireSheets } from "./form-sheet.js";
import { csrfToken } from "./form-token.js";

const form = document.getElementById("section-form");
const PAUSE = 1000; // after the last key
const SOON = 150; // after a choice: what depends on it should appear at once
const AGAIN = 8000; // after a failure

// `base`: what the page held at its last save, so that two people's changes can be told apart.
const page = { dirty: false, saving: null, timer: 0, halted: false, revision: 0, last: null, base: {} };

function state(name, text) {
  const line = document.getElementById("save-state");
  if (!line) return;
  line.dataset.state = name;
  const icon = document.createElement("span");
  icon.className = `icon icon--${{ saved: "done", saving: "doing", failed: "failed" }[name]}`;
  icon.setAttribute("aria-hidden", "true");
  line.replaceChildren(icon, document.createTextNode(text));
}

function touched(pause) {
  if (page.halted) return;
  page.dirty = true;
  keep(form, page.revision, readAnswers(form));
  clearTimeout(page.timer);
  page.timer = setTimeout(save, pause);
}

async function send(confirmed) {
  const answers = readAnswers(form);
  page.dirty = false;
  const response = await fetch(form.dataset.autosave, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken(form) },
    body: JSON.stringify({ revision: page.revision, answers, base: page.base, confirmed }),
    redirect: "manual",
  });
  if (response.ok) return accepted(await response.json(), answers);
  if (response.status === 409) return conflict(await response.json());
  return failed(response.status);
}

function accepted(outcome, answers) {
  if (outcome.merged && page.dirty) {
    // Typed on while the answer was under way: the page still shows the old neighbours, so the next save stands on what was
    // sent, and is put together with the other person's changes again.
    page.base = answers;
  } else {
    if (outcome.merged) {
      writeAnswers(form, outcome.merged);
      announce(outcome.notice || "已并入他人对本节的改动");
    }
    page.base = outcome.merged || answers || page.base;
    page.revision = outcome.revision;
    form.elements.revision.value = outcome.revision;
  }
  page.last = outcome;
  state("saved", `已保存 ${outcome.saved_at}`);
  connectionIsBack();
  if (outcome.notice) alarm(outcome.notice);
  if (!page.dirty) forget(form);
  showOutcome(form, outcome);
  return outcome;
}

function conflict(body) {
  page.dirty = true;
  page.halted = true; // until the person has chosen
  state("failed", "尚未保存");
  if (!body.html) {
    alarm(body.message);
    return null;
  }
  writeAnswers(form, body.mine); // with the other person's changes elsewhere on the page
  form.elements.revision.value = body.revision;
  page.revision = body.revision;
  const place = document.getElementById("conflict");
  place.innerHTML = body.html;
  place.scrollIntoView({ block: "start" });
  place.firstElementChild.focus();
  return null;
}

function alarm(text) {
  const line = document.getElementById("alarm");
  line.textContent = text;
  line.hidden = false;
}

function failed(status) {
  page.dirty = true;
  state("failed", "尚未保存");
  reportFailure(status, { retry: save });
  clearTimeout(page.timer);
  if (![401, 403, 404].includes(status)) page.timer = setTimeout(save, AGAIN);
  return null;
}

// One save at a time; what is typed meanwhile goes with the next.
async function save(confirmed = false) {
  clearTimeout(page.timer);
  if (page.saving) await page.saving;
  if (page.halted) return null;
  state("saving", "正在保存…");
  page.saving = send(confirmed === true).catch(() => failed(0));
  const outcome = await page.saving;
  page.saving = null;
  if (page.dirty && outcome) page.timer = setTimeout(save, PAUSE);
  return outcome;
}

async function submitted(event) {
  const button = event.submitter;
  const act = button?.value || "stay";
  if (button?.closest(".conflict") || page.handingIn) return; // a plain POST: the choice between two contents, the last word
  event.preventDefault();
  delete form.dataset.sending;
  if (button?.name === "confirm" || act === "confirm") {
    await confirm(button);
    return;
  }
  button?.setAttribute("aria-busy", "true");
  const outcome = await save(act === "next");
  button?.removeAttribute("aria-busy");
  if (outcome && act === "next") location.assign(outcome.next);
  else if (outcome && button?.dataset.handsIn !== undefined) handIn(button, outcome);
  else if (outcome) announce(`已保存 ${outcome.saved_at}`);
}

// What has been saved is handed in as it stands on the page, unless the person has not seen it like that yet.
function handIn(button, outcome) {
  if (outcome.merged) {
    alarm("已并入他人对本页的改动，尚未提交，请核对后再提交");
    return;
  }
  page.handingIn = true;
  form.requestSubmit(button);
}

async function confirm(button) {
  if (page.dirty && !(await save())) return;
  const body = new FormData();
  if (button.dataset.confirm) body.append("confirm", button.dataset.confirm);
  const response = await fetch(button.formAction, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": csrfToken(form) },
    body,
  }).catch(() => null);
  if (!response?.ok) {
    failed(response?.status || 0);
    return;
  }
  accepted(await response.json());
  settle(button.dataset.confirm);
}

// Take the mark "not confirmed yet" off one value, or off all of them.
function settle(key) {
  form.querySelectorAll("[data-confirm]").forEach((each) => {
    if (key && each.dataset.confirm !== key) return;
    each.closest("tr")?.remove();
    each.closest(".prefilled")?.remove();
    const [table, row] = each.dataset.confirm.split("/");
    const line = row ? document.getElementById(`f-${table}-${row}`) : document.getElementById(`f-${table}-box`);
    line?.classList.remove("is-prefilled", "field--prefilled");
  });
  if (!form.querySelector("[data-confirm]")) form.querySelector(".confirm-all")?.remove();
}

function start() {
  page.revision = Number(form.elements.revision.value);
  page.base = readAnswers(form);
  wireSheets(form, () => touched(PAUSE), () => page.last && showOutcome(form, page.last));
  form.addEventListener("input", (event) => {
    const chosen = event.target.matches("select, input[type=radio], input[type=checkbox]");
    if (!event.target.closest(".conflict")) touched(chosen ? SOON : PAUSE);
  });
  form.addEventListener("focusout", () => page.last && setTimeout(() => showOutcome(form, page.last), 0));
  form.addEventListener("submit", submitted);
  document.addEventListener("connection-back", () => page.dirty && save());
  window.addEventListener("beforeunload", (event) => {
    if (page.dirty && !page.halted && document.getElementById("save-state")?.dataset.state === "failed") event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && page.dirty) save();
  });
  offer(form, readAnswers(form), (kept) => {
    writeAnswers(form, kept);
    touched(0);
  });
  watchPresence(form, () => page.revision);
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.focus();
}

if (form && form.dataset.writable === "yes") start();
