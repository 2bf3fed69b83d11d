// Forms: the error summary takes the focus, a second click does not submit twice, long texts count their characters,
// a select of filters submits itself.
function focusSummary(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  });
}

// A character is a code point of the composed form, as the server counts.
export function characters(text) {
  return [...text.normalize("NFC").replaceAll("\r\n", "\n")].length;
}

// As the server's count of words: a run of Latin letters or digits once, blanks not at all, any other character once.
const RUN = /[A-Za-z0-9]+(?:[.,:/_%-][A-Za-z0-9]+)*/g;

export function words(text) {
  const runs = text.match(RUN)?.length ?? 0;
  return runs + characters(text.replaceAll(RUN, "").replaceAll(/\s/g, ""));
}

function countText(input) {
  const line = document.querySelector(`[data-count-of="${CSS.escape(input.id)}"]`);
  if (!line) return;
  const most = Number(input.dataset.count);
  const used = input.dataset.counting === "words" ? words(input.value) : characters(input.value);
  const over = used > most;
  line.textContent = `已填 ${used.toLocaleString("en")} / ${most.toLocaleString("en")} 字${over ? `，超出 ${used - most} 字` : ""}`;
  line.classList.toggle("count--over", over);
}

function guardDoubleSubmit(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
    // What answers with a file leaves this page standing: it may be asked again.
    if (form.dataset.answers === "file") setTimeout(release, 1500);
  });
}

function release() {
  document.querySelectorAll("form[data-sending]").forEach((form) => {
    delete form.dataset.sending;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  });
}

export function wireForms(root) {
  focusSummary(root);
  root.querySelectorAll("[data-count]").forEach((input) => {
    countText(input);
    input.addEventListener("input", () => countText(input));
  });
  root.querySelectorAll("form[method='post' i]:not([hx-post])").forEach(guardDoubleSubmit);
  root.querySelectorAll("[data-submit-on-change]").forEach((element) => {
    element.addEventListener("change", () => element.form.requestSubmit());
  });
  root.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
}

window.addEventListener("pageshow", release); // the back button finds a form that can be sent again
