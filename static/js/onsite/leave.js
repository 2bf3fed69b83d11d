// Signing out takes the account's content off the device. When something of it has not been sent, it is asked about first; a
// session that only ended leaves everything where it is.
import { closeDialog, openDialog } from "../dialog.js";
import { forget, forgetShell, ownDatabases, unsentIn } from "./names.js";

const PATIENCE = 5_000; // milliseconds that clearing may take before the person is let go

async function found() {
  const account = document.documentElement.dataset.actor;
  const own = (await ownDatabases()).filter((each) => each.account === account);
  return Promise.all(own.map(async (each) => ({ ...each, ...(await unsentIn(each.name)) })));
}

async function cleared(databases) {
  const clearing = Promise.all([...databases.map(forget), forgetShell()]);
  await Promise.race([clearing, new Promise((done) => setTimeout(done, PATIENCE))]);
}

function asked(form, databases, count) {
  const content = document.getElementById("leave-dialog").content.cloneNode(true);
  content.querySelectorAll("[data-leave-count]").forEach((place) => { place.textContent = count; });
  const home = databases.find((each) => each.count)?.home;
  content.querySelector("[data-leave-send]").href = `${home}#/waiting`;
  content.querySelector("[data-leave-go]").addEventListener("click", () => leave(form, databases));
  document.getElementById("dialog-body").replaceChildren(content);
  document.querySelector("[data-leave-stay]").addEventListener("click", closeDialog);
  openDialog();
}

async function leave(form, databases) {
  await cleared(databases).catch(() => {});
  form.submit();
}

async function onLeave(event) {
  event.preventDefault();
  const form = event.target;
  let databases = [];
  try {
    databases = await found();
  } catch {
    form.submit(); // this browser lets nothing be stored: there is nothing to take away
    return;
  }
  const count = databases.reduce((sum, each) => sum + each.count, 0);
  if (count) asked(form, databases, count);
  else await leave(form, databases);
}

export function wireLeaving() {
  document.querySelectorAll("form[data-sign-out]").forEach((form) => form.addEventListener("submit", onLeave));
}
