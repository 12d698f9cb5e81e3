// Where a note stands: an editor's choosers of place, and the notes of that cell before which it may go.

import { nextOf } from "./moving.js";

export class Where {
  #began = "";

  constructor(canvas, note, box) {
    Object.assign(this, { canvas, note, box });
    if (!box) return;
    this.axes = [...box.querySelectorAll("[data-place]")];
    this.before = box.querySelector("[data-before]");
    const steps = this.note.cell.split("/");
    this.axes.forEach((axis, index) => (axis.value = steps[index]));
    this.#offer(nextOf(note)?.dataset.note ?? "");
    this.#began = this.#asked();
    this.axes.forEach((axis) => axis.addEventListener("change", () => this.#offer("")));
  }

  /** Give the place that was chosen, where it is another than the note's. */
  chosen() {
    if (!this.box || this.#asked() === this.#began) return null;
    return { cell: this.#cell(), before: this.canvas.notes.get(this.before.value) ?? null };
  }

  #asked() {
    return `${this.#name()} ${this.before.value}`;
  }

  #name() {
    return this.axes.length ? this.axes.map((axis) => axis.value).join("/") : this.note.cell;
  }

  #cell() {
    return this.canvas.cell(this.note.part, this.#name());
  }

  /** Offer the notes of the chosen cell. */
  #offer(chosen) {
    const others = [...this.#cell().querySelectorAll("[data-note]:not(.is-deleted):not([hidden])")];
    const notes = others.map((item) => this.canvas.of(item)).filter((note) => note !== this.note);
    const end = [...this.before.options].find((option) => option.value === "");
    this.before.textContent = "";
    this.before.append(...notes.map((note) => new Option(this.canvas.nameOf(note), note.id)), end);
    this.before.value = chosen;
  }
}
