// A note can be dragged to another place of its part, by mouse or pen. Its editor does the same by "where".

const THRESHOLD = 6; // pixels
const EDGE = 48; // pixels from the window's edge, where the page scrolls along
const NOT_DRAGGED = "a:not([data-open]), button, input, textarea, select, label, .messages, .editor";

export class Dragging {
  #begun = null;
  #dragged = null;
  #target = null;

  /** `dropped` is called with a note and its new place. */
  constructor(canvas, dropped) {
    Object.assign(this, { canvas, dropped });
    const { root } = canvas;
    root.addEventListener("pointerdown", (event) => this.#press(event));
    root.addEventListener("dragstart", (event) => this.#begun && event.preventDefault());
    window.addEventListener("pointermove", (event) => this.#move(event));
    window.addEventListener("pointerup", (event) => this.#drop(event));
    window.addEventListener("pointercancel", () => this.#end());
    window.addEventListener("keydown", (event) => this.#key(event), true);
  }

  #press(event) {
    const note = this.canvas.of(event.target);
    if (event.pointerType === "touch" || event.button || !note || event.target.closest(NOT_DRAGGED)) return;
    if (note.element.matches(".is-open, .is-deleted") || !movable(note)) return;
    this.#begun = { note, x: event.clientX, y: event.clientY };
  }

  #move(event) {
    if (!this.#begun) return;
    if (!event.buttons) return this.#end(); // let go outside the window
    const { note, x, y } = this.#begun;
    if (!this.#dragged && Math.hypot(event.clientX - x, event.clientY - y) < THRESHOLD) return;
    this.#dragged = note;
    note.element.classList.add("is-dragged");
    document.getSelection().removeAllRanges();
    scrollAlong(event.clientY);
    this.#show(this.#placeAt(event));
  }

  /** Find the place under the pointer: a cell of the note's part, and the note before which it would go. */
  #placeAt({ clientX, clientY }) {
    const cell = document.elementFromPoint(clientX, clientY)?.closest("[data-cell]");
    if (!cell || cell.closest("[data-part]") !== this.#dragged.element.closest("[data-part]")) return null;
    const others = [...cell.querySelectorAll("[data-note]:not(.is-dragged):not(.is-deleted):not([hidden])")];
    const next = others.find((item) => isBefore(clientX, clientY, item));
    return { cell, before: next ? this.canvas.of(next) : null };
  }

  #show(target) {
    this.#unmark();
    this.#target = target;
    if (!target) return;
    target.cell.classList.add("is-target");
    if (target.before) target.before.element.classList.add("is-target");
  }

  #unmark() {
    const marked = this.canvas.root.querySelectorAll(".is-target");
    marked.forEach((one) => one.classList.remove("is-target"));
  }

  #drop() {
    const [note, target] = [this.#dragged, this.#target];
    if (note) swallowClick();
    this.#end();
    if (note && target) this.dropped(note, target);
  }

  #key(event) {
    if (!this.#dragged || event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    swallowNextPress();
    this.#end();
  }

  #end() {
    if (this.#dragged) this.#dragged.element.classList.remove("is-dragged");
    this.#unmark();
    this.#begun = this.#dragged = this.#target = null;
  }
}

/** A cell that holds one note has no other place for it. */
const movable = (note) => !note.element.closest("[data-cell]").querySelector("[data-add][data-blank]");

function isBefore(x, y, item) {
  const box = item.getBoundingClientRect();
  const isAlone = box.width > 0.6 * item.parentElement.clientWidth;
  if (isAlone) return y < box.top + box.height / 2;
  const isFirstHalf = x < box.left + box.width / 2 !== (getComputedStyle(item).direction === "rtl");
  return y < box.top || (y < box.bottom && isFirstHalf);
}

function scrollAlong(y) {
  if (y < EDGE) window.scrollBy(0, -EDGE / 4);
  if (y > window.innerHeight - EDGE) window.scrollBy(0, EDGE / 4);
}

/** The press that ends a drag opens nothing. */
function swallowClick() {
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener("click", swallow, true);
  setTimeout(() => window.removeEventListener("click", swallow, true));
}

function swallowNextPress() {
  window.addEventListener("pointerup", swallowClick, { once: true, capture: true });
}
