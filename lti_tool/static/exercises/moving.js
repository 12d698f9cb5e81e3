// Moves a note to another place of its part.

/** Give the note that stands next in a cell, if any: deleted ones and those just begun don't count. */
export function nextOf(note) {
  let next = note.element.nextElementSibling;
  while (next && next.matches(".is-deleted, [hidden]")) next = next.nextElementSibling;
  return next;
}

/** Put a note before another one of a cell, or at its end; tell whether that is another place than its present one. */
export function move(canvas, note, { cell, before }) {
  const list = cell.querySelector(".notes");
  const next = before ? before.element.closest(".notes > *") : null; // a stack stays together
  const isInCell = note.element.parentElement === list;
  if (isInCell && (next === note.element || nextOf(note) === next)) return false;
  withFocus(() => list.insertBefore(note.element, next));
  canvas.tell(note);
  return true;
}

/** An element that is put elsewhere loses the focus; it gets it back. */
function withFocus(work) {
  const focused = document.activeElement;
  work();
  if (focused && focused !== document.activeElement) focused.focus({ preventScroll: true });
}
