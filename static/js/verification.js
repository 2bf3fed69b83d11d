// The share as it is being typed: the server works it out, exact, and says which fields are asked for. Nothing is saved by it.
import { csrfToken } from "./form-token.js";

const form = document.getElementById("verification-form");
const figures = document.getElementById("figures");
let waiting;
let asked = 0;

function show(html) {
  figures.innerHTML = html;
  const hidden = new Set(figures.querySelector("[data-hidden]").dataset.hidden.split(" "));
  form.querySelectorAll("[data-item]").forEach((item) => {
    item.hidden = hidden.has(item.dataset.item);
  });
}

async function work() {
  asked += 1;
  const mine = asked;
  try {
    const answer = await fetch(form.dataset.figures, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-CSRFToken": csrfToken(form) },
    });
    if (answer.ok && !answer.redirected && mine === asked) show(await answer.text());
  } catch {
    // Without a connection the share is worked out when the figures are saved.
  }
}

if (form && figures) {
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(work, 300);
  });
}
