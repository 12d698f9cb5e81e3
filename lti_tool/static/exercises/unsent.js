// Brings back what was written earlier and had not arrived. Two texts of one note come one after the other.

import { move } from "./moving.js";
import { signature } from "./values.js";

const PLACE = "/place";

export class Unsent {
  /** Texts that wait until the note's present one is saved. */
  #waiting = [];

  constructor({ canvas, keeper, saver, writing }) {
    Object.assign(this, { canvas, keeper, saver, writing });
  }

  /** Bring back everything that is kept; tell whether there was anything. */
  restore() {
    const kept = this.keeper.all();
    const isPlace = ([id]) => id.endsWith(PLACE);
    const words = kept.filter((entry) => !isPlace(entry)).filter((entry) => this.#bringBack(...entry));
    kept.filter(isPlace).forEach((entry) => this.#moveBack(...entry));
    return words.length > 0;
  }

  /** Bring back the next text of a note whose present one is saved. */
  goOn() {
    const index = this.#waiting.findIndex(([id]) => !this.canvas.notes.get(id).isUnsaved);
    if (index >= 0) this.#bringBack(...this.#waiting.splice(index, 1)[0]);
  }

  #bringBack(id, draft, key) {
    const note = this.#noteFor(id, draft);
    if (!note) return false; // its cell is gone: the browser goes on keeping it
    if (signature(draft.values) === signature(note.values)) return this.#isKnown(note, key);
    if (note.isUnsaved) {
      this.#waiting.push([id, draft, key]);
      return true;
    }
    const before = note.values;
    Object.assign(note, { values: draft.values, version: draft.version });
    this.#adopt(note, before, key);
    return true;
  }

  #noteFor(id, { part, cell, values }) {
    const found = this.canvas.notes.get(id);
    const place = part && values && this.canvas.cell(part, cell);
    return found || !place ? found : this.canvas.begin(place, id);
  }

  /** What is here already; a note that was begun for it and holds nothing is none. */
  #isKnown(note, key) {
    if (!note.isUnsaved) this.keeper.release(key);
    if (note.isBlank && !note.version) this.canvas.drop(note);
    return false;
  }

  /** Keep it as this tab's own. */
  #adopt(note, before, key) {
    this.saver.touch(note);
    if (note.isKept) this.keeper.release(key);
    this.writing.closed(note, before);
  }

  #moveBack(id, { part, cell, before }, key) {
    const note = this.canvas.notes.get(id.slice(0, -PLACE.length));
    const target = part && this.canvas.cell(part, cell);
    if (note && target && move(this.canvas, note, { cell: target, before: this.canvas.notes.get(before) })) {
      this.saver.moved(note);
    }
    this.keeper.release(key);
  }
}
