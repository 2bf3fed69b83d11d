// The big stepper of one item: two buttons of 84 px, the arrow keys, or a number typed in.
import { announce } from "../announce.js";
import { at, fill, mark, text } from "./dom.js";
import { cents, fits, remarkReason, stepped } from "./model.js";

const FREELY = { auto: "remark-auto", proposed: "remark-on-change", expert: "remark-free" };
const STEPS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };

function note(element, line, points, confirmed) {
  const state = at(element, "agrees");
  state.hidden = true;
  if (points !== "" && !fits(line, points)) {
    mark(state, "failed", text("points-wrong", { maximum: line.maximum, step: line.step }));
  } else if (line.proposal !== null && !confirmed) {
    mark(state, "judged", text("proposal-waits", { n: line.proposal }));
  } else if (line.proposal !== null && cents(points) === cents(line.proposal)) {
    mark(state, "done", text("proposal-agrees"));
  } else if (line.proposal !== null) {
    mark(state, "attention", text("proposal-differs", { n: line.proposal }));
  }
}

// `save(points)` stores; `locked` shows without changing. `save` resolves to whether it did. Return show(points): what stands there now.
export function wireStepper(element, line, { save, locked }) {
  const group = at(element, "stepper");
  const input = at(element, "points");
  const [less, more] = [at(element, "less"), at(element, "more")];
  fill(element, { maximum: text("of-points", { n: line.maximum }) });
  input.setAttribute("aria-label", text("points-label", { title: line.title, n: line.maximum }));
  less.setAttribute("aria-label", text("points-less", { n: line.step }));
  more.setAttribute("aria-label", text("points-more", { n: line.step }));
  input.max = line.maximum;
  input.step = line.step;
  input.disabled = locked;

  let latest = "";
  let saving = 0;
  const draw = (points) => {
    const shown = points === "" && line.proposal !== null ? line.proposal : points;
    if (document.activeElement !== input || input.value !== shown) input.value = shown;
    group.dataset.confirmed = points !== "";
    less.disabled = locked || cents(shown) <= 0;
    more.disabled = locked || cents(shown) >= cents(line.maximum);
    note(element, line, points === "" ? "" : shown, points !== "");
    const reason = shown === "" ? null : remarkReason(line, shown);
    fill(element, { "remark-why": text(...(reason ?? [FREELY[line.mode]])) });
    at(element, "remark-why").classList.toggle("onsite-needed", Boolean(reason));
    for (const row of element.querySelectorAll("[data-band]")) row.classList.toggle("is-hit", shown !== "" && cents(row.dataset.band) === cents(shown));
  };
  // Taps may come faster than they are stored: until the last one is, what was tapped stands and not what was read.
  const store = async (points) => {
    draw(points);
    saving += 1;
    const stored = await save(points);
    saving -= 1;
    if (stored && !saving) draw(latest);
  };
  const move = (direction) => {
    const next = stepped(line, input.value, direction);
    store(next);
    announce(text("value-points", { n: next }));
  };
  less.addEventListener("click", () => move(-1));
  more.addEventListener("click", () => move(1));
  group.addEventListener("keydown", (event) => {
    const direction = STEPS[event.key];
    const sideways = event.target === input && (event.key === "ArrowLeft" || event.key === "ArrowRight");
    if (!direction || locked || sideways) return;
    event.preventDefault();
    move(direction);
  });
  input.addEventListener("input", () => store(input.value));
  return (points) => {
    latest = points;
    if (!saving) draw(points);
  };
}
