// What becomes of a note when the person writes, closes, deletes, moves or chooses: it is shown anew, kept and saved.

import { showDeleted, showUndeleted } from "./deleting.js";
import { focusOn } from "./editor.js";
import { showMessages } from "./messages.js";
import { move } from "./moving.js";

export class Writing {
  constructor(page) {
    this.page = page;
    this.canvas = page.canvas;
  }

  /** Written, letter by letter. */
  changed(note) {
    if (note.problems.length && !note.isRefused) {
      note.problems = [];
      this.tell(note);
    }
    this.canvas.tell(note);
    this.page.saver.touch(note);
  }

  /** Nothing more is written for now. */
  paused(note) {
    this.page.saver.send(note);
  }

  /** The editor is closed; `before` is what comes back where nothing is left. */
  closed(note, before) {
    if (note.isBlank) this.#showDeleted(note, before);
    else this.canvas.show(note);
    this.page.saver.send(note);
  }

  /** Closed to go back to the note, wherever it stands now: on a phone its row may be another. */
  returned(note) {
    this.page.rows.reveal(note.element);
    focusOn(note);
  }

  deleted(note) {
    const before = note.values;
    note.values = {};
    this.changed(note);
    this.closed(note, before);
    focusOn(note);
  }

  #showDeleted(note, before) {
    showDeleted(this.canvas, note, before, () => {
      note.values = before;
      this.#shown(note);
    });
  }

  #shown(note) {
    showUndeleted(this.canvas, note);
    this.#save(note);
    focusOn(note);
  }

  #save(note) {
    this.changed(note);
    this.page.saver.send(note);
  }

  /** Put a note to another place; words and place are saved apart. */
  moved(note, place) {
    if (!move(this.canvas, note, place)) return;
    this.page.telling.moved(place.cell);
    this.page.saver.moved(note);
  }

  /** Show a note's messages as they are now. */
  tell(note) {
    showMessages(this.canvas, note, (mine) => this.#decided(note, mine));
  }

  /** Between two texts; `mine` was the person's own until then. */
  #decided(note, mine) {
    const { editor } = this.page;
    this.tell(note);
    if (editor.note === note) return this.#decidedInside(note, mine);
    if (!note.isBlank) return this.#shown(note);
    this.#showDeleted(note, mine);
    this.#save(note);
    return focusOn(note);
  }

  #decidedInside(note, mine) {
    const { editor } = this.page;
    this.#save(note);
    if (note.isBlank) {
      editor.close(mine);
      focusOn(note);
    } else {
      editor.refill();
      editor.focus();
    }
  }
}
