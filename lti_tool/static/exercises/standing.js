// How saving stands, in one word, for all notes that the server doesn't have as they are.

/** Name the state; text is said to be kept only where this browser keeps all of it. */
export function standing(unsaved, { ended, failed }) {
  const isKept = unsaved.every((note) => note.isKept);
  if (!unsaved.length) return "saved";
  if (ended) return isKept ? "ended" : "ended_unkept";
  if (unsaved.some((note) => note.theirs)) return "elsewhere";
  if (unsaved.some((note) => note.isRefused)) return "refused";
  if (failed) return isKept ? "waiting" : "unkept";
  return "saving";
}
