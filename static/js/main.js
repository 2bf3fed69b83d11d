// The one script of every page. Each module finds its own elements; all of them run again on what htmx has put in place.
import { watchConnection } from "./connection.js";
import { startCountdowns } from "./countdown.js";
import { wireDialogs } from "./dialog.js";
import { wireElderMode } from "./elder.js";
import { wireForms } from "./forms.js";
import { keepTyped } from "./keep.js";
import { wireMenus } from "./menu.js";
import { wireTables } from "./tables.js";

const perFragment = [wireForms, wireTables, keepTyped, startCountdowns];

function wire(root) {
  perFragment.forEach((module) => module(root));
}

watchConnection();
wireMenus();
wireDialogs();
wireElderMode();
// Only whoever is signed in can sign out: what an expert's device holds goes with the session.
if (document.querySelector("form[data-sign-out]")) import("./onsite/leave.js").then(({ wireLeaving }) => wireLeaving());
wire(document);
document.body.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) wire(event.detail.elt);
});
