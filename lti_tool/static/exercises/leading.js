// The exercise goes on elsewhere: what is unsaved is sent first; then the page leads there, by itself where nothing is
// being written and nothing would be left behind.

import { piece } from "./words.js";

export class Leading {
  #box = null;
  #isGone = false;

  constructor({ root, saver, editor, quick, telling }) {
    Object.assign(this, { saver, editor, quick, telling, bar: root.querySelector(".bar") });
  }

  /** Say why, and what leads there. */
  async lead(says, name) {
    await this.saver.flush();
    this.say(says, name);
    this.settle();
  }

  /** Say something that stays on the page; without a name nothing leads anywhere. */
  say(says, name = "") {
    if (this.#box) this.#box.remove();
    this.#box = piece("elsewhere");
    this.#box.querySelector("[data-says]").textContent = says;
    const link = this.#box.querySelector("[data-go]");
    link.textContent = name;
    if (!name) link.parentElement.remove();
    this.bar.after(this.#box);
    this.telling.announce(says);
  }

  /** Go there, as soon as nobody writes and the server has everything. */
  settle() {
    const link = this.#box && this.#box.querySelector("[data-go]");
    const isBusy = this.editor.note || this.quick.isOpen || this.saver.unsaved.length;
    if (!link || isBusy || this.#isGone) return;
    this.#isGone = true;
    location.assign(link.href);
  }
}
