// What is sent next, and how long to wait after failures one after the other, in milliseconds.

const FIRST = 2000;
const LONGEST = 60_000;

/** Words go first: a place may be before a note that the server doesn't have yet. */
export function nextOf(notes, delivery) {
  const written = notes.find((note) => note.isReady);
  if (written) return () => delivery.words(written);
  const moved = notes.find((note) => note.placeDue && note.version > 0);
  return moved ? () => delivery.place(moved) : null;
}

export const pauseAfter = (failures) => Math.min(FIRST * 2 ** (failures - 1), LONGEST);
