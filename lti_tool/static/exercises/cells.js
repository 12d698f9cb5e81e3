// Begins the next note of a cell, deletes a note, and brings a deleted one back.

import { Note } from "./notes.js";

const template = (name) => document.querySelector(`template[data-template=${name}]`).content.firstElementChild;
const cellOf = ({ part, cell }) => `${part} ${cell}`;

function emptyBox(summary) {
  const box = document.createElement("details");
  box.className = "add";
  box.append(summary);
  return box;
}

export class Cells {
  /** All notes of the page, by their ids. */
  notes = new Map();
  /** Where the next note of each cell is begun, and the empty note as the server wrote it. */
  #blanks = new Map();

  constructor(form, words) {
    this.words = words;
    for (const element of form.querySelectorAll("[data-note]")) {
      const note = this.#add(element);
      const box = element.closest("details.add");
      if (box) this.#blanks.set(cellOf(note), { box, html: element.outerHTML, id: note.id });
    }
  }

  of(element) {
    return this.notes.get(element.closest("[data-note]")?.dataset.note);
  }

  /** Where the first word is written in an empty note, the cell offers another one. */
  begin(note) {
    const blank = this.#blanks.get(cellOf(note));
    const box = note.element.closest("details.add");
    if (box && box === blank?.box) {
      this.#offer(blank);
      this.#mark(box, note);
    }
  }

  /** Find the note that a kept draft belongs to, or make it in its cell; nothing where the cell is gone. */
  place(id, draft) {
    const blank = this.#blanks.get(cellOf(draft));
    if (this.notes.has(id) || !blank) return this.notes.get(id);
    const box = emptyBox(document.createElement("summary"));
    blank.box.before(box);
    const note = this.#fill(box, blank, id);
    this.#mark(box, note);
    return note;
  }

  /** Add a closed box below, whose note is made when it is opened. */
  #offer(blank) {
    const box = emptyBox(blank.box.querySelector("summary").cloneNode(true));
    box.addEventListener("toggle", () => this.#fill(box, blank, crypto.randomUUID()), { once: true });
    blank.box.after(box);
    this.#blanks.set(cellOf(this.notes.get(blank.id)), { ...blank, box });
  }

  #fill(box, blank, id) {
    box.insertAdjacentHTML("beforeend", blank.html.replaceAll(blank.id, id));
    return this.#add(box.querySelector("[data-note]"));
  }

  #add(element) {
    const note = new Note(element);
    this.notes.set(note.id, note);
    return note;
  }

  #mark(box, note) {
    box.classList.add("is-begun");
    box.open = true;
    box.querySelector("summary").replaceChildren();
    const button = template("delete").cloneNode(true);
    button.value = note.id;
    note.element.append(button);
  }

  /** Empty a note; what was in it comes back by one button until the page is left. */
  empty(note, changed) {
    const { values } = note;
    note.values = {};
    note.element.classList.add("is-deleted");
    const line = this.#undoLine(() => {
      line.remove();
      note.element.classList.remove("is-deleted");
      note.values = values;
      note.inputs[0].focus();
      changed();
    });
    note.element.append(line);
    line.querySelector("button").focus();
    changed();
  }

  #undoLine(undo) {
    const line = document.createElement("p");
    line.className = "undo";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = this.words.undo;
    button.addEventListener("click", undo);
    line.append(this.words.deleted, button);
    return line;
  }
}
