// The editor of a note opens in the note's place. Nothing that is written in it is discarded: closing saves.

import { linkAlike } from "./stacks.js";
import { isComposing } from "./composing.js";
import { controlsOf, fieldsOf, read, write } from "./fields.js";
import { watchLength } from "./counting.js";
import { whenLeft } from "./leaving.js";
import { nameOfCell } from "./canvas.js";
import { Where } from "./where.js";

export class Editor {
  note = null;
  #box = null;
  #where = null;
  #stop = null;
  #before = {};

  constructor({ canvas, telling, writing }) {
    Object.assign(this, { canvas, telling, writing });
  }

  /** Open a note's editor; another one that is open saves and closes. */
  open(note) {
    if (this.note === note) return this.focus();
    this.close();
    this.note = note;
    this.#before = note.isBlank ? note.deleted : note.values;
    this.#box = this.canvas.editorOf(note);
    this.#put();
    this.#where = new Where(this.canvas, note, this.#box.querySelector("[data-where]"));
    this.#listen();
    this.focus();
  }

  #put() {
    const { element } = this.note;
    const messages = element.querySelector(".messages");
    if (messages) this.#box.querySelector("[data-messages]").append(messages);
    const remarks = element.querySelectorAll(":scope > .remarks"); // what the trainer says stays there to be read
    element.textContent = "";
    element.classList.remove("is-deleted");
    element.classList.add("is-open");
    element.append(...remarks, this.#box);
    this.#label();
    linkAlike(this.canvas, this.note, this.#box);
    const detail = { note: element, editor: this.#box };
    this.canvas.root.dispatchEvent(new CustomEvent("medtown:editing", { detail }));
    this.refill();
  }

  /** The editor is called like its cell, and so is a field without a label; text is in the note's language. */
  #label() {
    const cell = this.note.element.closest("[data-cell]");
    this.#box.setAttribute("role", "group");
    this.#box.setAttribute("aria-label", nameOfCell(cell));
    for (const control of this.#box.querySelectorAll("[data-labelled-by-cell]")) {
      control.removeAttribute("aria-labelledby");
      control.setAttribute("aria-label", nameOfCell(cell));
    }
    this.#box.querySelectorAll("textarea").forEach((area) => (area.lang = this.note.language));
  }

  /** Write the note's values into its open editor. */
  refill() {
    write(this.#box, this.note.values);
    fieldsOf(this.#box).forEach((field) => watchLength(field, this.telling));
  }

  #listen() {
    const { note } = this;
    this.#box.addEventListener("input", (event) => {
      const field = event.target.closest("[data-field]");
      if (!field) return;
      watchLength(field, this.telling);
      note.values = read(this.#box);
      this.writing.changed(note);
    });
    this.#box.addEventListener("change", (event) => event.target.closest("[data-field]") && this.writing.paused(note));
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    this.#box.addEventListener("click", (event) => this.#press(event.target.dataset.do));
    this.#stop = whenLeft(note.element, () => this.close());
  }

  #key(event) {
    if (event.key !== "Escape" || isComposing(event)) return;
    event.preventDefault();
    this.#return();
  }

  #press(what) {
    if (what === "done") this.#return();
    if (what === "delete") this.#delete();
  }

  #delete() {
    const { note } = this;
    this.#take();
    this.writing.deleted(note);
  }

  /** Close, and give the focus back to the note. */
  #return() {
    const { note } = this;
    this.close();
    this.writing.returned(note);
  }

  /** Close the editor that is open, if any; what is in it is saved. Where that is nothing, `before` comes back. */
  close(before = this.#before) {
    if (!this.note) return;
    const { note } = this;
    this.settle();
    this.#take();
    this.writing.closed(note, before);
  }

  /** Move the note to where the editor says, if it says another place. */
  settle() {
    const place = this.note && this.#where.chosen();
    if (place) this.writing.moved(this.note, place);
  }

  #take() {
    const { element } = this.note;
    this.#stop();
    const messages = this.#box.querySelector(".messages");
    this.note = null;
    element.classList.remove("is-open");
    [...element.children].forEach((child) => child.matches(".remarks") || child.remove());
    if (messages && messages.firstElementChild) element.append(messages);
  }

  /** Put the cursor into the first field. */
  focus() {
    const first = controlsOf(fieldsOf(this.#box)[0])[0];
    first.focus();
    if (first.setSelectionRange) first.setSelectionRange(first.value.length, first.value.length);
  }
}

/** Give a note the focus; where nothing of it is left, its cell's place to add one. */
export function focusOn({ element }) {
  const left = element.querySelector("[data-open]") ?? element.querySelector("[data-do]");
  const target = element.hidden ? element.closest("[data-cell]").querySelector("[data-add]") : left;
  target.focus();
}
