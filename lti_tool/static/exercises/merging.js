// Takes over what others changed. What somebody here has open, or hasn't saved, waits: their text stays, and saving it
// asks. A change that comes late changes nothing: versions of words and of places only grow.

import { showDeleted, showUndeleted } from "./deleting.js";
import { move } from "./moving.js";
import { News } from "./news.js";
import { inPlace, keepingFocus } from "./staying.js";

export class Merging {
  /** The newest change of each note that waits. */
  #waiting = new Map();

  constructor(page) {
    Object.assign(this, { page, canvas: page.canvas, news: new News(page.telling) });
  }

  /** Take over what can be taken over now. */
  take(changes) {
    changes.forEach((change) => this.#waiting.set(change.id, change));
    this.settle();
  }

  /** Take over what waited and needn't any more. */
  settle() {
    const ready = [...this.#waiting.values()].filter(({ id }) => !this.#isHeld(this.canvas.notes.get(id)));
    if (!ready.length) return;
    ready.forEach(({ id }) => this.#waiting.delete(id));
    inPlace(() => ready.forEach((change) => this.#take(change)));
    this.news.tell();
  }

  #isHeld(note) {
    if (!note) return false;
    const isInHand = this.page.editor.note === note || note.element.matches(".is-dragged");
    return isInHand || note.isUnsaved || note.theirs !== null;
  }

  #take(change) {
    const note = this.canvas.notes.get(change.id) ?? this.#begin(change);
    if (!note) return;
    if (change.version > note.version) this.#rewrite(note, change);
    else if (change.author !== note.author || change.is_late !== note.isLate) this.#sign(note, change);
    if (change.place >= note.place) this.#place(note, change);
  }

  /** A deleted note that was never here, and one whose cell is gone, is none. */
  #begin({ id, part, cell, deleted, origin, along }) {
    const place = deleted ? null : this.canvas.cell(part, cell);
    const note = place && this.canvas.begin(place, id);
    if (note && origin) note.element.dataset.origin = origin;
    if (note && along) note.element.dataset.along = along;
    return note;
  }

  #rewrite(note, { values, version, language, author, is_late: isLate }) {
    const was = note.isBlank;
    Object.assign(note, { values, version, language, author, isLate });
    note.saved = note.signature;
    this.news.add(note.id, was ? "added" : note.isBlank ? "gone" : "changed");
    keepingFocus(note, () => this.#show(note));
  }

  #show(note) {
    if (note.isBlank) showDeleted(this.canvas, note, {}, () => {});
    else showUndeleted(this.canvas, note);
  }

  #sign(note, { author, is_late: isLate }) {
    Object.assign(note, { author, isLate });
    if (!note.isBlank) keepingFocus(note, () => this.canvas.show(note));
  }

  #place(note, { cell, place, rank, stack }) {
    Object.assign(note, { place, rank });
    note.mark();
    if (stack && this.page.stacks.lay(note, stack)) return;
    const target = this.canvas.cell(note.part, cell);
    if (target) this.#put(note, target);
  }

  /**
   * Put a note after the last one that comes before it; of a stack the first one counts, since it stays together. Notes
   * that were just written have no rank yet: they stay.
   */
  #put(note, cell) {
    const items = [...cell.querySelectorAll(FIRST_OF_PILES)];
    const all = items.map((item) => this.canvas.of(item));
    const others = all.filter((other) => other !== note);
    const previous = lastOf(others.filter((other) => other.rank && isBefore(other, note)));
    const isThere = !isStacked(note) && all.includes(note) && previous === lastOf(until(all, note).filter((other) => other.rank));
    if (!isThere) move(this.canvas, note, { cell, before: others[others.indexOf(previous) + 1] ?? null });
  }
}

const FIRST_OF_PILES = ".notes > [data-note]:not(.is-deleted), .stacked > [data-note]:first-child";
const isStacked = (note) => note.element.closest("[data-stack]") !== null;
const lastOf = (notes) => notes[notes.length - 1];
const until = (notes, end) => notes.slice(0, notes.indexOf(end));

const isBefore = (one, other) => (one.rank === other.rank ? one.id < other.id : one.rank < other.rank);
