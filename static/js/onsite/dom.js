// Pages are clones of the <template> elements in the shell; data only ever becomes text. A place to fill is data-f="name".
export function clone(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

export function at(root, name) {
  return root.querySelector(`[data-f="${name}"]`);
}

// Text into its places; null hides the place.
export function fill(root, texts) {
  for (const [name, text] of Object.entries(texts)) {
    const place = at(root, name);
    if (text === null) {
      place.hidden = true;
    } else {
      place.hidden = false;
      if (place.textContent !== String(text)) place.textContent = text;
    }
  }
  return root;
}

export function link(root, name, href) {
  const found = at(root, name);
  if (href) found.href = href;
  found.hidden = !href;
  return found;
}

// A sentence of the shell: <p data-text="waiting">{n} 项待上传</p> in the template "texts".
export function text(name, values = {}) {
  const found = document.getElementById("texts").content.querySelector(`[data-text="${name}"]`);
  return found.textContent.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? "");
}

export function mark(element, kind, word) {
  element.className = `state state--${kind}`;
  element.textContent = word;
  element.hidden = false;
}

export function repeat(list, id, rows, put) {
  list.replaceChildren(...rows.map((row, index) => {
    const made = clone(id);
    put(made, row, index);
    return made;
  }));
}

// Redraws what is not typed in, and leaves the focus where it was.
export function keepFocus(act) {
  const name = document.activeElement?.dataset?.focus;
  act();
  if (name && document.activeElement?.dataset?.focus !== name) document.querySelector(`[data-focus="${name}"]`)?.focus();
}
