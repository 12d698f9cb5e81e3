// Keeps in the browser what the server doesn't have of a note; a note that it has is forgotten.

export function keepOf(keeper, note) {
  const { id, draft, part, where } = note;
  const keepIf = (isUnsent, entry) => (isUnsent ? keeper.keep(entry) : (keeper.forget(entry), true));
  const isWords = keepIf(note.isDirty || note.sending, { id, draft });
  const isPlace = keepIf(note.placeDue, { id: `${id}/place`, draft: { part, ...where } });
  note.isKept = isWords && isPlace;
}
