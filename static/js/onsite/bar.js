// The bar that always says what is stored on the device and what has been sent, and the alarm above everything when storing
// fails. Only its text changes, so that a screen reader is told politely.
import { at, fill, text } from "./dom.js";

const CALM = new Set(["idle", "sending"]);

function sentences({ model, state, clock }) {
  const { waiting, conflicts, refused } = model.counts();
  const stored = clock.seconds(model.meta.stored_at);
  if (waiting) return text("bar-waiting", { n: waiting, time: stored });
  if (model.meta.sent_at) return text(conflicts || refused ? "bar-rest" : "bar-sent", { time: clock.seconds(model.meta.sent_at) });
  if (model.day) return text("bar-fetched", { time: clock.seconds(model.day.fetched_at) });
  return text("bar-empty");
}

export function showBar({ model, state, clock, loginUrl }) {
  const bar = document.getElementById("state");
  const { waiting, conflicts, refused } = model.counts();
  const attention = conflicts || refused;
  const calm = CALM.has(state) || (state === "offline" && !waiting);
  bar.dataset.kind = attention || !calm ? "warn" : waiting ? "calm" : "good";
  at(bar, "icon").className = `icon icon--${bar.dataset.kind === "warn" ? "attention" : waiting ? "upload" : "done"}`;
  const words = [];
  if (conflicts) words.push(text("bar-conflicts", { n: conflicts }));
  if (refused) words.push(text("bar-refused", { n: refused }));
  words.push(sentences({ model, state, clock }));
  fill(bar, { word: state === "idle" ? null : text(`word-${state}`), text: words.join(text("bar-join")) });
  const login = state === "signed_out" || state === "other_account";
  at(bar, "look").hidden = login || !(waiting || attention);
  at(bar, "login").hidden = !login;
  at(bar, "login").href = loginUrl;
}

// Storing failed: what was typed is only on this page, and the person has to know at once.
export function alarm(name, values = {}, again = null) {
  const line = document.getElementById("alarm");
  line.replaceChildren(document.createTextNode(text(name, values)));
  if (again) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text("again");
    button.addEventListener("click", again);
    line.append(button);
  }
  line.hidden = false;
}

export function quiet() {
  document.getElementById("alarm").hidden = true;
}
