// Where the server doesn't take a text and this browser doesn't keep it, it stands there to copy; where writing has
// stopped, even if it is kept.

import { nameOfCell } from "./canvas.js";
import { labelOf } from "./fields.js";
import { piece } from "./words.js";

export class Copying {
  #box = null;

  /** `place`: the element after which the text is shown. */
  constructor(place, { canvas, saver, telling, words }) {
    Object.assign(this, { place, canvas, saver, telling, words });
  }

  /** Show the texts that are in danger, or nothing where none is. */
  update() {
    const { shut, ended, unsaved } = this.saver;
    const notes = unsaved.filter((note) => shut || (!note.isKept && (ended || note.isRefused)));
    if (!notes.length) return this.#remove();
    this.#box = this.#box ?? this.#make();
    this.#box.querySelector("[data-says]").textContent = shut ?? this.words[ended ? "copy_ended" : "copy_refused"];
    this.#put(notes.map((note) => this.#textOf(note)).join("\n\n"));
  }

  /** A text that is the same stays as it is: somebody may be marking it. */
  #put(text) {
    const area = this.#box.querySelector("textarea");
    if (area.value !== text) area.value = text;
  }

  #remove() {
    if (this.#box) this.#box.remove();
    this.#box = null;
  }

  #make() {
    const box = piece("copy");
    box.querySelector("[data-do=copy]").addEventListener("click", () => this.#copy(box.querySelector("textarea")));
    this.place.after(box);
    return box;
  }

  /** The cell's name, and each field with its label. */
  #textOf(note) {
    const fields = this.canvas.fieldsOf(note).filter((field) => field.dataset.field in note.values);
    const lines = fields.map((field) => lineOf(field, note.values[field.dataset.field]));
    return [nameOfCell(note.element.closest("[data-cell]")), ...lines].join("\n");
  }

  /** In a frame the clipboard may be denied: then the text is selected, to be copied by hand. */
  async #copy(area) {
    area.focus();
    area.select();
    const isCopied = document.execCommand("copy") || (await written(area.value));
    if (isCopied) this.telling.announce(this.words.copied);
  }
}

function lineOf(field, value) {
  const label = labelOf(field)?.textContent.trim();
  return label ? `${label}: ${value}` : String(value);
}

async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
