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

  /** Lay a note under its heading, in its order there; tell whether there is such a heading. */
  lay(note, stackId) {
    const stack = this.#find(stackId);
    if (!stack) return false;
    const others = [...stack.querySelectorAll("[data-note]")].map((item) => this.canvas.of(item));
    if (!others.length) note.element.closest(".notes > *").before(stack);
    const next = others.find((other) => other !== note && other.rank > note.rank);
    stack.querySelector(".stacked").insertBefore(note.element, next?.element ?? null);
    this.canvas.tell(note);
    return true;
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

/** Lead from a note's editor to the page that gathers alike notes, which knows what the server has. */
export function linkAlike(canvas, note, box) {
  const link = box.querySelector("[data-alike]");
  if (!link || note.version === 0) return;
  link.href = canvas.addressOf(note, "/alike");
  link.parentElement.hidden = false;
}
