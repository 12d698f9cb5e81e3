// The notes of the page, and the cells in which they stand.

import { fieldsOf } from "./fields.js";
import { newId } from "./ids.js";
import { Note } from "./note.js";
import { nameOf, show } from "./rendering.js";
import { copyOf, element, piece } from "./words.js";

export class Canvas {
  /** All notes of the page by their ids, deleted ones too. */
  notes = new Map();

  constructor(root) {
    this.root = root;
    this.fields = new Map([...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, fieldsIn(part)]));
    for (const item of root.querySelectorAll("[data-note]")) this.#add(item);
  }

  #add(item) {
    const note = new Note(item);
    this.notes.set(note.id, note);
    return note;
  }

  /** Find the note that an element stands in. */
  of(inside) {
    return this.notes.get(inside.closest("[data-note]")?.dataset.note);
  }

  /** Find a cell by part and name; nothing where the exercise has it no more. */
  cell(part, name) {
    return this.root.querySelector(
      `[data-part="${CSS.escape(part)}"] [data-cell="${CSS.escape(name)}"]`,
    );
  }

  /** Begin a note at the end of a cell; in a cell of one note, that one. */
  begin(cell, id = newId(), version = 0) {
    if (this.notes.has(id)) return this.notes.get(id);
    const item = piece("note");
    Object.assign(item.dataset, { note: id, version, place: 0, rank: "", language: this.root.dataset.language, values: "{}" });
    cell.querySelector(".notes").append(item);
    return this.#add(item);
  }

  /** Show a note as it is now. */
  show(note) {
    show(note, this.fieldsOf(note), this.addressOf(note));
    this.tell(note);
  }

  /** Give the address of a note, or of a page of it. */
  addressOf({ id }, page = "") {
    return this.#inside(`${this.root.dataset.notes}/${id}${page}`);
  }

  addressOfStack(id) {
    return this.#inside(`${this.root.dataset.notes.replace(/notes$/, "stacks")}/${id}`);
  }

  #inside(address) {
    const { inside } = this.root.dataset;
    return `${address}${inside ? `?in=${encodeURIComponent(inside)}` : ""}`;
  }

  /** Tell what draws notes elsewhere on the page that one has changed. */
  tell(note) {
    note.mark();
    this.#offer(note.element.closest("[data-cell]"));
    this.root.dispatchEvent(new CustomEvent("medtown:changed", { detail: { note: note.element } }));
  }

  /** Mark the notes that wait for something, so that they are seen from afar. */
  mark(waiting) {
    this.notes.forEach((note) => note.element.classList.toggle("is-unsaved", waiting.includes(note)));
  }

  /** A cell of one note offers to add it only while it is empty. */
  #offer(cell) {
    const add = cell.querySelector("[data-add][data-blank]");
    if (add) add.hidden = cell.querySelector("[data-note]:not(.is-deleted)") !== null;
  }

  fieldsOf(note) {
    return this.fields.get(note.part);
  }

  /** Name a note by its first words; a deleted one by those that somebody else saved. */
  nameOf(note) {
    return nameOf(note.isBlank && note.theirs ? note.theirs : note, this.fieldsOf(note));
  }

  /** Give an empty editor of a note's part. */
  editorOf(note) {
    return copyOf(note.element.closest("[data-part]").querySelector("template[data-editor]"));
  }

  /** Find where a note says what keeps it from being saved: in its editor while that is open. */
  messagesOf(note) {
    const found = note.element.querySelector(".messages");
    if (found) return found;
    const made = element("div", "messages");
    const open = note.element.querySelector("[data-messages]");
    if (open) open.append(made);
    else note.element.prepend(made);
    return made;
  }
}

const fieldsIn = (part) => fieldsOf(part.querySelector("template[data-editor]").content);

/** Say how a cell is called. */
export function nameOfCell(cell) {
  const ids = (cell.getAttribute("aria-labelledby") ?? "").split(" ");
  const named = ids.map((id) => document.getElementById(id)?.textContent.trim()).filter(Boolean);
  return cell.getAttribute("aria-label") ?? named.join(" · ");
}
