// Which view an address names, and how a view comes onto the page: head, body, bar; the focus goes to its heading.
import { clone, fill, link } from "./dom.js";
import { dayView } from "./view-day.js";
import { fileView } from "./view-file.js";
import { itemView } from "./view-item.js";
import { opinionView } from "./view-opinion.js";
import { seatView } from "./view-seat.js";
import { visitView } from "./view-visit.js";
import { waitingView } from "./view-waiting.js";

const ROUTES = [
  [/^\/?$/, dayView],
  [/^\/waiting$/, waitingView],
  [/^\/seat\/(\d+)$/, seatView],
  [/^\/seat\/(\d+)\/item\/([\w-]+)$/, itemView],
  [/^\/seat\/(\d+)\/opinion$/, opinionView],
  [/^\/seat\/(\d+)\/file(?:\/([\w-]+))?$/, fileView],
  [/^\/seat\/(\d+)\/visit$/, visitView],
];

function found(path) {
  for (const [pattern, view] of ROUTES) {
    const match = pattern.exec(path);
    if (match) return [view, match.slice(1)];
  }
  return [dayView, []];
}

// A view: {back: [href, label], title, position, element, update()}. `moved`: the person went there, so the focus follows.
export function show(app, moved) {
  const [view, names] = found(decodeURI(location.hash.slice(1)));
  const made = view(app, ...names) || missing(() => view(app, ...names) && show(app, moved));
  app.view = made;
  const head = document.getElementById("head");
  const [href, label] = made.back;
  link(head, "back", href);
  fill(head, { "back-label": label, title: made.title, position: made.position || "" });
  document.title = `${made.title} · ${document.documentElement.dataset.title}`;
  document.getElementById("main").replaceChildren(made.element);
  made.update?.();
  if (!moved) return;
  window.scrollTo(0, 0);
  const target = made.element.querySelector("[data-arrive]") || made.element.querySelector("h1");
  target?.focus({ preventScroll: target.tagName === "H1" });
  if (target?.tagName !== "H1") target?.scrollIntoView();
}

// A seat that this device does not know: handed to somebody else meanwhile, or not loaded yet; then it is shown once it is.
function missing(update) {
  const element = clone("view-missing");
  return { back: ["#/", element.dataset.back], title: element.dataset.title, element, update };
}
