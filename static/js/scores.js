// The score sheet of an opinion: − and ＋ by an item's own step within its range, the total as it grows, and whether a
// computed proposal still stands. Points are added as whole numbers of the smallest step, so that no sum is off by a hair.
import { announce } from "./announce.js";

const CENTS = 100;
const number = (text) => (text.trim() === "" ? NaN : Number(text));
const written = (value) => String(Math.round(value * CENTS) / CENTS);

function addUp(sheet) {
  const total = [...sheet.querySelectorAll("input[name^='score_']")]
    .map((input) => Math.round(number(input.value) * CENTS))
    .filter(Number.isFinite)
    .reduce((sum, each) => sum + each, 0);
  document.querySelector("[data-score-total]").textContent = written(total / CENTS);
}

function wireItem(item, sheet) {
  const input = item.querySelector("input[name^='score_']");
  const [less, more] = item.querySelectorAll("[data-score-by]");
  const step = Number(item.dataset.scoreStep);
  const maximum = Number(item.dataset.scoreMaximum);
  const agrees = item.querySelector("[data-score-agrees]");
  const show = () => {
    const value = number(input.value);
    less.disabled = value <= 0;
    more.disabled = value >= maximum;
    if (agrees) agrees.hidden = value !== Number(item.dataset.scoreProposal);
    addUp(sheet);
  };
  const move = (direction) => {
    const value = number(input.value);
    const next = Number.isFinite(value) ? value + direction * step : direction > 0 ? maximum : 0;
    input.value = written(Math.min(maximum, Math.max(0, next)));
    input.dispatchEvent(new Event("input", { bubbles: true }));
    announce(`${input.value} 分`);
  };
  [less, more].forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => move(Number(button.dataset.scoreBy)));
  });
  input.addEventListener("input", show);
  show();
}

document.querySelectorAll("[data-scores]").forEach((sheet) => {
  sheet.querySelectorAll("[data-score-step]").forEach((item) => wireItem(item, sheet));
});
