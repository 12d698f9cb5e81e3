// Brings back what was written earlier and had not arrived. Two texts of one note come one after the other.

import { move } from "./moving.js";
import { signature } from "./values.js";

const PLACE = "/place";
/** Not of another canvas of the exercise, whose entries begin with its name. */
const OF_A_NOTE = /^[0-9a-f-]{36}(\/place)?$/;

export class Unsent {
  /** Texts that wait until the note's present one is saved. */
  #waiting = [];

  constructor({ canvas, keeper, saver, writing }) {
    Object.assign(this, { canvas, keeper, saver, writing });
  }

  /** Bring back everything that is kept; tell whether there was anything. */
  restore() {
    const kept = this.keeper.all().filter(([id]) => OF_A_NOTE.test(id));
    const isPlace = ([id]) => id.endsWith(PLACE);
    const isWords = ([, draft]) => draft.values;
    const words = kept.filter(isWords).filter((entry) => this.#bringBack(...entry));
    kept.filter(isPlace).forEach((entry) => this.#moveBack(...entry));
    return words.length > 0;
  }

  /** Bring back the next text of a note whose present one is saved. */
  goOn() {
    const index = this.#waiting.findIndex(([id]) => !this.canvas.notes.get(id).isUnsaved);
    if (index >= 0) this.#bringBack(...this.#waiting.splice(index, 1)[0]);
  }

  #bringBack(id, draft, key) {
    const known = this.canvas.notes.get(id);
    if (signature(draft.values) === (known ? known.signature : "[]")) return this.#isHere(key);
    const note = known ?? this.#begin(id, draft);
    if (!note) return false; // its cell is gone: the browser goes on keeping it
    if (note.isUnsaved) this.#waiting.push([id, draft, key]);
    else this.#adopt(note, draft, key);
    return true;
  }

  #begin(id, { part, cell }) {
    const place = this.canvas.cell(part, cell);
    return place && this.canvas.begin(place, id);
  }

  /** The same is saved, or kept as this tab's own. */
  #isHere(key) {
    this.keeper.release(key);
    return false;
  }

  /** Keep it as this tab's own. */
  #adopt(note, { values, version }, key) {
    const before = note.values;
    Object.assign(note, { values, version });
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
