// What a note says of itself: why it couldn't be saved, that somebody moved it, and the choice between two texts.

import { conflictBox } from "./conflicts.js";
import { element } from "./words.js";

/** Show a note's messages as they are now; `decided` is called when the person has chosen between two texts. */
export function showMessages(canvas, note, decided) {
  const box = canvas.messagesOf(note);
  box.textContent = "";
  if (note.theirs) box.append(conflictBox(canvas, note, decided));
  for (const problem of note.problems) box.append(element("p", "problem", problem));
  if (note.said) box.append(element("p", "said", note.said));
  if (!box.firstElementChild) box.remove();
}
