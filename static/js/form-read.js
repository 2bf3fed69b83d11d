// The answers of a page as plain data, read from its controls and written back into them.
import { fillSheet, sheetRows } from "./form-sheet.js";

function controls(form, name) {
  return [...form.elements].filter((each) => each.name === name && each.type !== "hidden");
}

function readOne(form, key) {
  const found = controls(form, key);
  if (!found.length) return undefined;
  if (found[0].type === "checkbox") return found.filter((each) => each.checked).map((each) => each.value);
  if (found[0].type === "radio") return found.find((each) => each.checked)?.value || "";
  return found[0].value;
}

function writeOne(form, key, value) {
  controls(form, key).forEach((each) => {
    if (each.type === "checkbox") each.checked = (value || []).includes(each.value);
    else if (each.type === "radio") each.checked = each.value === value;
    else each.value = value ?? "";
    if (each.dataset.count) each.dispatchEvent(new Event("input", { bubbles: false }));
  });
}

export function readAnswers(form) {
  const answers = {};
  form.querySelectorAll("[data-item]").forEach((item) => {
    const key = item.dataset.item;
    const table = item.querySelector("[data-sheet]");
    if (table) {
      answers[key] = sheetRows(table);
      return;
    }
    for (const name of [key, `${key}_other`]) {
      const value = readOne(form, name);
      if (value !== undefined) answers[name] = value;
    }
  });
  return answers;
}

export function writeAnswers(form, answers) {
  form.querySelectorAll("[data-item]").forEach((item) => {
    const key = item.dataset.item;
    const table = item.querySelector("[data-sheet]");
    if (table) fillSheet(table, answers[key] || []);
    else [key, `${key}_other`].forEach((name) => name in answers && writeOne(form, name, answers[name]));
  });
}
