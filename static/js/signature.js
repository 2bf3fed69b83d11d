// A signature drawn with finger, pen or mouse. What is drawn goes into the hidden input as a PNG when the form is sent;
// without this script, or without a hand to draw, the typed name confirms.
const LINE = { width: 3.2, colour: "#16202b" };

function wire(root) {
  const area = root.querySelector("[data-signature-draw]");
  const canvas = root.querySelector("canvas");
  const input = root.querySelector("input[name='signature']");
  const pen = canvas?.getContext("2d");
  if (!pen) return;
  area.hidden = false;
  let drawn = false;
  let last = null;

  function point(event) {
    const box = canvas.getBoundingClientRect();
    return { x: ((event.clientX - box.left) / box.width) * canvas.width, y: ((event.clientY - box.top) / box.height) * canvas.height };
  }

  function start(event) {
    canvas.setPointerCapture(event.pointerId);
    last = point(event);
    dot(last);
    event.preventDefault();
  }

  function dot(at) {
    pen.fillStyle = LINE.colour;
    pen.beginPath();
    pen.arc(at.x, at.y, LINE.width / 2, 0, 2 * Math.PI);
    pen.fill();
    drawn = true;
  }

  function draw(event) {
    if (!last) return;
    const events = event.getCoalescedEvents?.() ?? [event];
    for (const each of events.length ? events : [event]) {
      const next = point(each);
      pen.strokeStyle = LINE.colour;
      pen.lineWidth = LINE.width;
      pen.lineCap = "round";
      pen.lineJoin = "round";
      pen.beginPath();
      pen.moveTo(last.x, last.y);
      pen.lineTo(next.x, next.y);
      pen.stroke();
      last = next;
    }
    event.preventDefault();
  }

  function stop() {
    last = null;
    if (drawn) input.value = canvas.toDataURL("image/png");
  }

  function clear() {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    drawn = false;
    input.value = "";
  }

  // A refused form comes back with the signature still in it: nothing has to be drawn twice.
  if (input.value.startsWith("data:image/png")) {
    const picture = new Image();
    picture.addEventListener("load", () => pen.drawImage(picture, 0, 0, canvas.width, canvas.height));
    picture.src = input.value;
    drawn = true;
  }
  canvas.addEventListener("pointerdown", start);
  canvas.addEventListener("pointermove", draw);
  canvas.addEventListener("pointerup", stop);
  canvas.addEventListener("pointercancel", stop);
  root.querySelector("[data-signature-clear]").addEventListener("click", clear);
  input.form.addEventListener("submit", stop);
}

document.querySelectorAll("[data-signature]").forEach(wire);
