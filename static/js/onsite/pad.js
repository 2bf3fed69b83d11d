// A signature drawn with finger, pen or mouse, kept as a PNG after every stroke; or the typed name in its stead.
import { at } from "./dom.js";

const LINE = { width: 3.2, colour: "#16202b" };
const TYPED = "typed:";

export function wirePad(element, { value, save, locked }) {
  const canvas = at(element, "pad");
  const name = at(element, "typed-name");
  const pen = canvas.getContext("2d");
  let last = null;
  name.disabled = locked;
  at(element, "clear").disabled = locked;

  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: ((event.clientX - box.left) / box.width) * canvas.width, y: ((event.clientY - box.top) / box.height) * canvas.height };
  };
  const line = (from, to) => {
    Object.assign(pen, { strokeStyle: LINE.colour, lineWidth: LINE.width, lineCap: "round", lineJoin: "round" });
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
  };
  const draw = (event) => {
    if (!last) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length ? events : [event]) {
      const next = point(each);
      line(last, next);
      last = next;
    }
    event.preventDefault();
  };
  const stop = () => {
    if (!last) return;
    last = null;
    name.value = "";
    save(canvas.toDataURL("image/png"));
  };
  const wipe = () => pen.clearRect(0, 0, canvas.width, canvas.height);

  if (value.startsWith(TYPED)) {
    name.value = value.slice(TYPED.length);
  } else if (value) {
    const picture = new Image();
    picture.addEventListener("load", () => pen.drawImage(picture, 0, 0, canvas.width, canvas.height));
    picture.src = value;
  }
  if (!locked) {
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      last = point(event);
      line(last, { x: last.x + 0.01, y: last.y });
      event.preventDefault();
    });
    canvas.addEventListener("pointermove", draw);
    canvas.addEventListener("pointerup", stop);
    canvas.addEventListener("pointercancel", stop);
  }
  at(element, "clear").addEventListener("click", () => {
    wipe();
    name.value = "";
    save("");
  });
  name.addEventListener("input", () => {
    wipe();
    save(name.value.trim() ? TYPED + name.value.trim() : "");
  });
}
