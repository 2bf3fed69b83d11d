// Who else is in this page: asked every twenty seconds while it is in sight, and said goodbye to when it is left.
import { csrfToken } from "./form-token.js";

const EVERY = 20000;

function say(text) {
  const line = document.getElementById("others");
  if (!line) return;
  line.textContent = text;
  line.hidden = !text;
}

export function showOthers(others) {
  say(others.length ? `${others.join("、")}正在查看或填写本节，保存时以先后为准，冲突时会请您选择。` : "");
}

function body(form, left) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", csrfToken(form));
  if (left) data.append("left", "1");
  return data;
}

export function watchPresence(form, revision) {
  const ask = async () => {
    if (document.visibilityState === "hidden") return;
    const headers = { Accept: "application/json" };
    const response = await fetch(form.dataset.here, { method: "POST", body: body(form), headers }).catch(() => null);
    if (!response?.ok) return; // the next save says so loudly
    const found = await response.json();
    if (found.revision > revision()) say("本节刚被他人修改，刷新页面可查看最新内容；您填写的内容不会丢失。");
    else showOthers(found.others);
  };
  ask();
  setInterval(ask, EVERY);
  window.addEventListener("pagehide", () => navigator.sendBeacon(form.dataset.here, body(form, true)));
}
