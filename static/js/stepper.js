// The score stepper: − and ＋ move along the rule's own bands (data-bands="0,10,20,30"), the number can also be typed.
function wireStepper(stepper) {
  const input = stepper.querySelector("input");
  const bands = stepper.dataset.bands.split(",").map(Number);
  const [less, more] = stepper.querySelectorAll("button");
  const show = () => {
    const value = Number(input.value);
    less.disabled = input.value !== "" && value <= bands[0];
    more.disabled = input.value !== "" && value >= bands.at(-1);
  };
  const step = (direction) => {
    const value = input.value === "" ? NaN : Number(input.value);
    const next = direction > 0 ? bands.find((band) => !(band <= value)) : bands.findLast((band) => !(band >= value));
    input.value = String(next ?? (direction > 0 ? bands.at(-1) : bands[0]));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    show();
  };
  less.addEventListener("click", () => step(-1));
  more.addEventListener("click", () => step(1));
  input.addEventListener("input", show);
  show();
}

document.querySelectorAll("[data-bands]").forEach(wireStepper);
