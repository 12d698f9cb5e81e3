// What a press on the page opens: a note its editor, a link to a note the same, "add" a line or an editor.

export class Opening {
  constructor({ root, canvas, editor, quick, rows }) {
    Object.assign(this, { canvas, editor, quick, rows });
    root.addEventListener("click", (event) => isPlain(event) && this.#press(event));
  }

  #press(event) {
    const { target } = event;
    const add = target.closest("[data-add]");
    const note = noteNamed(target, this.canvas) ?? noteAround(target, this.canvas);
    if (!add && !note) return;
    event.preventDefault();
    if (add) this.#add(add);
    else this.open(note);
  }

  #add(link) {
    const cell = link.closest("[data-cell]");
    const { blank, blankVersion } = link.dataset;
    if (!blank) return this.quick.open(cell);
    const note = this.canvas.begin(cell, blank, Number(blankVersion));
    if (note.theirs) return this.open(note);
    note.element.hidden = false;
    this.editor.open(note);
    link.hidden = true; // its only note is being written
  }

  /** Open a note wherever it stands; one that was deleted says itself what can be done. */
  open(note) {
    this.rows.reveal(note.element);
    note.element.closest(".stack > details")?.setAttribute("open", "");
    note.element.hidden = false;
    const choice = note.isBlank && note.element.querySelector(".messages button, .undo button");
    if (choice) choice.focus();
    else this.editor.open(note);
  }
}

/** A press with another key or button is the browser's. */
const isPlain = (event) =>
  !event.defaultPrevented && !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

/** A link to a note of this page: from the map, or from what stands in the way of handing in. */
function noteNamed(target, canvas) {
  const link = target.closest("a[href^='#note-']");
  return link && canvas.notes.get(link.hash.slice("#note-".length));
}

/** A press on a note opens it, unless it is for something in it, or marks its words. */
function noteAround(target, canvas) {
  if (target.closest("[data-open]")) return canvas.of(target);
  const isItsOwn = target.closest("a, button, input, textarea, select, label, .messages, .editor, .is-deleted");
  return isItsOwn || !document.getSelection().isCollapsed ? null : canvas.of(target);
}
