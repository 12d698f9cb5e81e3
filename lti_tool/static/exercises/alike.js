// Notes that are alike are put together on a page of its own, which knows what the server has.

/** Show the way to that page in a note's editor. */
export function linkAlike(editor, canvas, note) {
  const link = editor.querySelector("[data-alike]");
  if (!link || note.version === 0) return;
  link.href = canvas.addressOf(note, "/alike");
  link.parentElement.hidden = false;
}
