// What the page says of itself: the line of state, and what a screen reader is told once.

import { nameOfCell } from "./canvas.js";
import { told } from "./words.js";

const ROUTINE = ["saved", "saving"];
const LONG_ENOUGH = 10_000;

export class Telling {
  #timer = null;

  constructor(root, words) {
    this.line = root.querySelector("[data-state]");
    this.announcer = root.querySelector("[data-announce]");
    this.words = words;
  }

  /** Say something once, politely; it doesn't stay to be read when it is no longer so. */
  announce(text) {
    this.announcer.textContent = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.announcer.textContent = ""), LONG_ENOUGH);
  }

  /** Say where a note went. */
  moved(cell) {
    this.announce(told(this.words.moved, { cell: nameOfCell(cell) }));
  }

  /** Show how saving stands; what is usual isn't announced. */
  show(state) {
    const before = this.line.dataset.state;
    if (state === before || (!before && state === "saved")) return;
    this.line.dataset.state = state;
    this.line.textContent = this.words[state];
    const isBack = state === "saved" && !ROUTINE.includes(before);
    if (!ROUTINE.includes(state) || isBack) this.announce(this.words[state]);
  }
}
