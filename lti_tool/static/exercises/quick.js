// One line stays open in a cell: Enter keeps what it holds and begins the next, choices come in a second pass. What is
// being written there is a note from its first letter, so that it is kept and saved like any other.

import { isComposing } from "./composing.js";
import { watchLength } from "./counting.js";
import { nameOfCell } from "./canvas.js";
import { labelOf } from "./fields.js";
import { whenLeft } from "./leaving.js";
import { piece } from "./words.js";

export class Quick {
  #line = null;
  #input = null;
  #note = null;
  #stop = null;

  constructor({ canvas, telling, writing }) {
    Object.assign(this, { canvas, telling, writing });
  }

  get isOpen() {
    return this.#line !== null;
  }

  /** Open the line in a cell. */
  open(cell) {
    this.close();
    this.cell = cell;
    [this.first] = this.canvas.fields.get(cell.closest("[data-part]").dataset.part);
    this.#line = piece("quick");
    this.#input = this.#line.querySelector("[data-quick]");
    this.#input.setAttribute("aria-label", `${labelOf(this.first)?.textContent.trim() ?? ""} (${nameOfCell(cell)})`);
    this.#input.lang = this.canvas.root.dataset.language;
    const add = cell.querySelector("[data-add]");
    add.hidden = true;
    add.before(this.#line);
    cell.classList.add("is-adding");
    this.#listen();
    this.#input.focus();
  }

  #listen() {
    this.#input.addEventListener("input", () => this.#write());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#stop = whenLeft(this.#line, () => this.close());
  }

  #write() {
    this.#note = this.#note ?? this.#begin();
    this.#note.values = { ...given(this.cell), [this.first.dataset.field]: this.#input.value.trim() };
    watchLength(this.#line, this.telling, Number(this.first.dataset.limit));
    this.writing.changed(this.#note);
  }

  #begin() {
    const note = this.canvas.begin(this.cell);
    note.element.hidden = true;
    return note;
  }

  #key(event) {
    if (isComposing(event)) return;
    if (event.key === "Enter") this.#next(event);
    if (event.key === "Escape") this.#return(event);
  }

  #next(event) {
    event.preventDefault();
    this.telling.announce(this.#input.value);
    this.#keep();
    this.#input.value = "";
    watchLength(this.#line, this.telling, Number(this.first.dataset.limit));
    this.#line.scrollIntoView({ block: "nearest" });
  }

  #return(event) {
    event.preventDefault();
    const { cell } = this;
    this.close();
    cell.querySelector("[data-add]").focus();
  }

  /** Show the note that was written. */
  #keep() {
    const note = this.#note;
    this.#note = null;
    if (!note) return;
    note.element.hidden = false;
    this.writing.closed(note, {});
  }

  /** Close the line, if it is open; what is in it is saved. */
  close() {
    if (!this.#line) return;
    this.#stop();
    this.#keep();
    this.#line.remove();
    this.#line = null;
    this.cell.classList.remove("is-adding");
    this.cell.querySelector("[data-add]").hidden = false;
  }
}

/** A cell may say what a note that is begun in it has from the beginning. */
const given = (cell) => JSON.parse(cell.dataset.given ?? "{}");
