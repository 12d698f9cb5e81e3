// Ticks and unticks a whole module at once. Without JavaScript the single boxes are there all the same.
for (const fieldset of document.querySelectorAll("fieldset")) {
  const whole = fieldset.querySelector("[data-whole-module]");
  if (!whole) continue;
  const boxes = [...fieldset.querySelectorAll("input[name=activity]")];
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    whole.checked = ticked === boxes.length;
    whole.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  whole.closest("label").hidden = false;
  whole.addEventListener("change", () => boxes.forEach((box) => (box.checked = whole.checked)));
  boxes.forEach((box) => box.addEventListener("change", show));
  show();
}
