// A note of the page: what is written in it, where it stands, and how much of that the server has.

import { given, signature } from "./values.js";

export class Note {
  /** Words that wait for their turn to be sent. */
  due = false;
  /** Its place has changed, and the server hasn't been told. */
  placeDue = false;
  /** On its way: what the server has is not known before it answers. */
  sending = false;
  /** What was sent and never answered: the server may have it. */
  unanswered = null;
  /** What somebody else saved meanwhile, until the person has chosen. */
  theirs = null;
  /** What the server refused, which isn't sent again until it is changed; and why. */
  refused = null;
  problems = [];
  /** What was in it before it was deleted. */
  deleted = {};
  /** Orders the notes of a cell, once the server said it. */
  rank = "";
  /** Who wrote it first, where names are shown. */
  author = undefined;
  /** Whether it was begun after the time of its step was up. */
  isLate = false;
  /** Whether this browser keeps what isn't saved. */
  isKept = false;
  #values = {};

  constructor(element) {
    this.element = element;
    const { note, version, place, rank, language, values } = element.dataset;
    Object.assign(this, { id: note, version: Number(version), place: Number(place), rank, language });
    this.isLate = "late" in element.dataset;
    this.values = JSON.parse(values);
    this.saved = signature(this.values);
  }

  get cell() {
    return this.element.closest("[data-cell]").dataset.cell;
  }

  get part() {
    return this.element.closest("[data-part]").dataset.part;
  }

  get values() {
    return this.#values;
  }

  /** Values are never changed in place; what they amount to is known with them, for many notes at each letter. */
  set values(values) {
    this.#values = values;
    this.signature = signature(values);
  }

  get isBlank() {
    return this.signature === "[]";
  }

  /** The words are others than those that the server is known to have. */
  get isDirty() {
    return this.signature !== this.saved;
  }

  get isUnsaved() {
    return this.isDirty || this.sending || this.placeDue;
  }

  get isRefused() {
    return this.refused !== null && this.refused === this.signature;
  }

  /** Whether its words can be sent as they are. */
  get isReady() {
    return this.due && this.isDirty && !this.theirs && !this.isRefused;
  }

  /** The note of the server before which it stands, if any: of a stack the first one. */
  get before() {
    let next = this.element.nextElementSibling;
    while (next && !isOfServer(noteIn(next))) next = next.nextElementSibling;
    return next ? noteIn(next).dataset.note : null;
  }

  get where() {
    return { cell: this.cell, before: this.before };
  }

  /** What is sent, and what is kept in the browser until it arrived. */
  get draft() {
    const { part, cell, version, language, before } = this;
    const draft = { part, cell, values: given(this.values), version, language };
    return version === 0 && before ? { ...draft, before } : draft;
  }

  /** Write on the element what the note is. */
  mark() {
    const { id, version, place, rank, language } = this;
    this.element.id = `note-${id}`;
    Object.assign(this.element.dataset, { note: id, version, place, rank, language });
    this.element.dataset.values = JSON.stringify(given(this.values));
  }
}

/** Give the note that an element of a list is, or the first one that it holds. */
const noteIn = (item) => (item.matches("[data-note]") ? item : item.querySelector("[data-note]:not(.is-deleted)"));
const isOfServer = (item) => item !== null && item.dataset.version !== "0" && item.dataset.values !== "{}";
