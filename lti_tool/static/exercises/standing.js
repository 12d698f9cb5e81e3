// How saving stands, for all notes that the server doesn't have as they are.

/** Give the notes that wait for the person, for the line or for another session, and aren't just on their way. */
export function stuck(unsaved, { ended, shut, failed }) {
  return unsaved.filter((note) => ended || shut || failed || note.theirs || note.isRefused);
}

/** Name the state in one word; text is said to be kept only where this browser keeps all of it. */
export function standing(unsaved, { ended, shut, failed }) {
  const isKept = unsaved.every((note) => note.isKept);
  if (!unsaved.length) return "saved";
  if (ended) return isKept ? "ended" : "ended_unkept";
  if (shut) return isKept ? "shut" : "shut_unkept";
  if (unsaved.some((note) => note.theirs)) return "elsewhere";
  if (unsaved.some((note) => note.isRefused)) return "refused";
  if (failed) return isKept ? "waiting" : "unkept";
  return "saving";
}
