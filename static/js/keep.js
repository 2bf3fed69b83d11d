// What is typed into <form data-keep="key"> stays in this tab until the form has been accepted, and is offered again when
// the page comes back without it: after signing in anew, after a crash of the page, after the back button.
// sessionStorage, so that nothing stays behind on a shared computer.
const PREFIX = "typed:";

function storageKey(form) {
  return `${PREFIX}${document.documentElement.dataset.actor || ""}:${form.dataset.keep}`;
}

function typed(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || name === "csrfmiddlewaretoken") continue;
    (values[name] ??= []).push(value);
  }
  form.querySelectorAll("input[type=password]").forEach((input) => delete values[input.name]);
  return values;
}

function put(form, values) {
  [...form.elements].forEach((element) => {
    const kept = values[element.name];
    if (!kept || element.type === "file" || element.type === "hidden") return;
    if (element.type === "checkbox" || element.type === "radio") element.checked = kept.includes(element.value);
    else element.value = kept.shift() ?? element.value;
    element.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function sentence(form, key, values) {
  const note = document.createElement("div");
  note.className = "note note--calm";
  note.setAttribute("role", "status");
  const text = document.createElement("div");
  text.textContent = "上次填写的内容未能保存，仍留在本机。";
  for (const [label, act] of [["恢复填写的内容", () => put(form, values)], ["放弃", () => sessionStorage.removeItem(key)]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--small button--words";
    button.textContent = label;
    button.addEventListener("click", () => { act(); note.remove(); });
    text.append(button);
  }
  note.append(text);
  form.prepend(note);
}

function offer(form) {
  const key = storageKey(form);
  const kept = sessionStorage.getItem(key);
  if (!kept || kept === JSON.stringify(typed(form))) return;
  sentence(form, key, JSON.parse(kept));
}

export function keepTyped(root) {
  // The server names what it has accepted: <… data-kept="key"> on the page that follows, or this event after an autosave.
  root.querySelectorAll("[data-kept]").forEach((element) => {
    sessionStorage.removeItem(`${PREFIX}${document.documentElement.dataset.actor || ""}:${element.dataset.kept}`);
  });
  root.querySelectorAll("form[data-keep]").forEach((form) => {
    offer(form);
    form.addEventListener("input", () => sessionStorage.setItem(storageKey(form), JSON.stringify(typed(form))));
    form.addEventListener("saved", () => sessionStorage.removeItem(storageKey(form)));
  });
}
