// Ticks and unticks a whole module at once, says how many are ticked, and ticks again what was chosen before and did not
// reach Moodle. Without JavaScript the single boxes are there all the same.

import { Choice } from "./choice.js";

const form = document.querySelector("form.picker");
const choice = new Choice(form.dataset.keep);
const all = [...form.querySelectorAll("input[name=activity]")];
const ticked = () => all.filter((box) => box.checked);

bringBack();
form.addEventListener("submit", () => ticked().length && choice.keep(ticked().map((box) => box.value)));
for (const fieldset of form.querySelectorAll("fieldset")) offerWhole(fieldset);
count();
form.addEventListener("change", count);
form.addEventListener("reset", () => queueMicrotask(count)); // the boxes are emptied after the event

function bringBack() {
  if ("chosen" in form.dataset) return; // what was ticked a moment ago is newer
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
    const some = boxes.some((box) => box.checked);
    whole.checked = boxes.every((box) => box.checked);
    whole.indeterminate = some && !whole.checked;
  };
  whole.closest("label").hidden = false;
  whole.addEventListener("change", () => boxes.forEach((box) => (box.checked = whole.checked)));
  boxes.forEach((box) => box.addEventListener("change", show));
  form.addEventListener("reset", () => queueMicrotask(show));
  show();
}

function count() {
  const said = form.querySelector("[data-ticked]");
  said.hidden = false;
  said.querySelector("b").textContent = ticked().length;
}
