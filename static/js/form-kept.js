// What was typed and not yet accepted by the server stays on this computer, for this person and this page, and is offered
// when they come back: after signing in again, after a crash. Accepted once, it is wiped.
function storageKey(form) {
  const who = document.documentElement.dataset.actor || "";
  return `draft:${who}:${form.dataset.application}:${form.dataset.path}`;
}

export function keep(form, revision, answers) {
  try {
    localStorage.setItem(storageKey(form), JSON.stringify({ at: Date.now(), revision, answers }));
  } catch {
    // The storage is full or forbidden: the page itself still holds everything, and the bar says it is not saved.
  }
}

export function forget(form) {
  localStorage.removeItem(storageKey(form));
}

function kept(form) {
  try {
    return JSON.parse(localStorage.getItem(storageKey(form)));
  } catch {
    return null;
  }
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--small";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

export function offer(form, present, restore) {
  const found = kept(form);
  if (!found) return;
  if (JSON.stringify(found.answers) === JSON.stringify(present)) {
    forget(form);
    return;
  }
  const note = document.createElement("div");
  note.className = "note kept";
  note.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.textContent = `本机留有 ${new Date(found.at).toLocaleString("zh-CN")} 填写、未能保存的内容。`;
  const choices = document.createElement("p");
  choices.className = "line";
  choices.append(
    button("恢复填写的内容", () => { restore(found.answers); note.remove(); }),
    button("放弃", () => { forget(form); note.remove(); }),
  );
  const body = document.createElement("div");
  body.append(text, choices);
  note.append(body);
  form.prepend(note);
}
