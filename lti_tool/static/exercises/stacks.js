// Alike notes under a heading, as others gather them and take them apart while the page is open.

import { copyOf } from "./words.js";

export class Stacks {
  constructor(canvas) {
    this.canvas = canvas;
  }

  /** Take in a stack that is new, has another heading, or was taken apart. */
  hear({ id, part, cell, heading, language, apart }) {
    const known = this.#find(id);
    if (apart) return known && this.#takeApart(known);
    const place = this.canvas.cell(part, cell);
    if (!place) return;
    const stack = known ?? this.#make(id, place);
    const words = stack.querySelector("summary bdi");
    words.textContent = heading;
    words.lang = language;
  }

  /** Lay a note under its heading, or beside it where it has none; an open editor stays where it is. */
  lay(note, stackId) {
    const stack = stackId ? this.#find(stackId) : null;
    const before = note.element.closest("[data-stack]");
    if (stack === before || note.element.matches(".is-open")) return;
    if (!stack) return before.before(note.element);
    if (!stack.querySelector("[data-note]")) note.element.closest(".notes > *").before(stack);
    stack.querySelector(".stacked").append(note.element);
  }

  #find(id) {
    return this.canvas.root.querySelector(`[data-stack="${CSS.escape(id)}"]`);
  }

  #make(id, place) {
    const stack = copyOf(document.querySelector("template[data-template=stack]"));
    stack.id = `stack-${id}`;
    stack.dataset.stack = id;
    stack.querySelector("a").href = this.canvas.addressOfStack(id);
    place.querySelector(".notes").append(stack);
    return stack;
  }

  #takeApart(stack) {
    stack.before(...stack.querySelectorAll("[data-note]"));
    stack.remove();
  }
}
