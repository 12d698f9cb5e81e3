// Deletes a note; what was in it comes back by one button until the page is left.

import { signature } from "./values.js";
import { piece } from "./words.js";

/** Show a note without words as deleted; `undo` is called with what was in it when it is wanted back. */
export function showDeleted(canvas, note, before, undo) {
  const { element } = note;
  note.deleted = before;
  element.classList.add("is-deleted");
  [...element.children].forEach((child) => child.matches(".messages, .remarks") || child.remove());
  if (signature(before) === "[]") element.hidden = true;
  else element.append(undoLine(() => undo(before)));
  canvas.tell(note);
}

/** Show a note again that was deleted. */
export function showUndeleted(canvas, note) {
  note.element.classList.remove("is-deleted");
  note.element.hidden = false;
  canvas.show(note);
}

function undoLine(undo) {
  const line = piece("deleted");
  line.querySelector("[data-do=undo]").addEventListener("click", undo);
  return line;
}
