// Ticks and unticks a whole module at once, and ticks again what was chosen before and did not reach Moodle. Without
// JavaScript the single boxes are there all the same.

import { Choice } from "./choice.js";

const form = document.querySelector("form.picker");
const choice = new Choice(form.dataset.keep);
const all = [...form.querySelectorAll("input[name=activity]")];
const ticked = () => all.filter((box) => box.checked);

bringBack();
form.addEventListener("submit", () => ticked().length && choice.keep(ticked().map((box) => box.value)));
for (const fieldset of form.querySelectorAll("fieldset")) offerWhole(fieldset);

function bringBack() {
  if (ticked().length) return; // what the server did not take is newer
  const kept = all.filter((box) => choice.activities.includes(box.value));
  kept.forEach((box) => (box.checked = true));
  form.querySelector("[data-found]").hidden = kept.length === 0;
  form.addEventListener("reset", () => {
    choice.forget();
    form.querySelector("[data-found]").hidden = true;
  });
}

function offerWhole(fieldset) {
  const whole = fieldset.querySelector("[data-whole-module]");
  if (!whole) return;
  const boxes = all.filter((box) => fieldset.contains(box));
  const show = () => {
    const count = boxes.filter((box) => box.checked).length;
    whole.checked = count === boxes.length;
    whole.indeterminate = count > 0 && count < boxes.length;
  };
  whole.closest("label").hidden = false;
  whole.addEventListener("change", () => boxes.forEach((box) => (box.checked = whole.checked)));
  boxes.forEach((box) => box.addEventListener("change", show));
  form.addEventListener("reset", () => queueMicrotask(show)); // the boxes are emptied after the event
  show();
}
