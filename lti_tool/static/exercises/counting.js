// Counts a text near its limit, beside its field, and says so once when it comes near and once when it is too long.

import { told } from "./words.js";

const NEAR = 0.9;

/** Count as the server does: without spaces around, and each character once. */
const lengthOf = (control) => [...control.value.trim()].length;

/** Show how long a field's text is, where that is near its limit. */
export function watchLength(field, telling, limit = Number(field.dataset.limit)) {
  const shown = field.querySelector("[data-count]");
  const control = field.querySelector("textarea, input");
  if (!shown || !limit) return;
  const count = lengthOf(control);
  const standing = count > limit ? "over" : count >= NEAR * limit ? "count" : "";
  shown.hidden = !standing;
  shown.classList.toggle("is-over", standing === "over");
  shown.textContent = standing ? told(telling.words[standing], { count, limit }) : "";
  if (standing && standing !== shown.dataset.standing) telling.announce(shown.textContent);
  shown.dataset.standing = standing;
}
