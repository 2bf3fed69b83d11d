// The reading view: which sections have been looked at, the way to the next file by keys, the quote of the open evidence.
import { announce } from "./announce.js";

const key = () => {
  const list = document.querySelector("[data-reading]");
  return list ? `read:${document.documentElement.dataset.actor || ""}:${list.dataset.reading}` : "";
};

// 已阅 is this person's own mark in this browser, a help and no record: what is recorded are the verdicts.
function markSeen() {
  const storage = key();
  if (!storage) return;
  const seen = new Set(JSON.parse(localStorage.getItem(storage) || "[]"));
  document.querySelectorAll("[data-reading] a[href]").forEach((link) => {
    const place = new URL(link.href).searchParams.get("at") || "conditions";
    const current = link.hasAttribute("aria-current");
    if (current) seen.add(place);
    if (link.querySelector(".state") || (!current && !seen.has(place))) return;
    const state = document.createElement("span");
    state.className = current ? "state state--doing" : "state state--done";
    state.textContent = current ? "在阅" : "已阅";
    link.append(state);
  });
  localStorage.setItem(storage, JSON.stringify([...seen]));
}

function onlyEyes(box) {
  const table = box.closest("section").querySelector(".check");
  table.toggleAttribute("data-eyes", box.checked);
  announce(box.checked ? "只显示须人工判断的条件" : "显示全部条件");
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-only-eyes]")) onlyEyes(event.target);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-quote]");
  if (!button) return;
  const field = button.closest("form").elements.quote;
  const name = document.querySelector(".evidence__bar b")?.textContent.trim();
  field.value = name ? `${name} 第  页` : button.dataset.quote;
  const at = field.value.indexOf("第 ") + 2;
  field.focus();
  field.setSelectionRange(at, at);
});

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  const link = document.querySelector(`a[data-key="${CSS.escape(event.key)}"]`);
  if (link) link.click();
});

document.body.addEventListener("htmx:afterSettle", markSeen);
markSeen();
