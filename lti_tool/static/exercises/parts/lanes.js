// Shows which notes of the lanes belong together: those at which one points, and those that point at it.

import { notesIn, pointedAt } from "../fields/pointer.js";

const LANES = "[data-kind=lanes]";

for (const part of document.querySelectorAll(LANES)) {
  for (const name of ["focusin", "pointerover"]) {
    part.addEventListener(name, (event) => mark(part, event.target.closest("[data-note]")));
  }
  for (const name of ["focusout", "pointerleave"]) part.addEventListener(name, () => mark(part, null));
}

function mark(part, note) {
  for (const other of notesIn(part)) other.classList.toggle("is-linked", note !== null && isLinked(note, other));
}

const isLinked = (note, other) => points(note, other) || points(other, note);
const points = (note, other) => note !== other && pointedAt(note).includes(other.dataset.note);
