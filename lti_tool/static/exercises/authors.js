// Shows who wrote which note while the trainer lets everybody see it, and takes the names away when that is over.

import { element } from "./words.js";

const PAUSE = 1_500;

export class Authors {
  #timer = null;
  #isOn = false;

  constructor(root, service) {
    Object.assign(this, { root, service });
    this.#isOn = JSON.parse(root.querySelector("[data-stage]").dataset.stage).shows_names;
    root.addEventListener("medtown:changed", ({ detail }) => this.#askFor(detail.note));
  }

  show(isOn) {
    this.#isOn = isOn;
    if (isOn) this.#ask();
    else this.root.querySelectorAll("[data-author]").forEach((line) => line.remove());
  }

  /** A note that came without its author is asked for soon, several at once. */
  #askFor(note) {
    if (!this.#isOn || note.querySelector("[data-author]")) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    try {
      const { status, answer } = await this.service.authors();
      if (status === 200 && this.#isOn) this.#put(answer);
    } catch {
      // the next note asks again
    }
  }

  #put(names) {
    for (const note of this.root.querySelectorAll("[data-note], .note[id]")) {
      const name = names[note.dataset.note ?? note.id.slice("note-".length)];
      if (name && !note.querySelector("[data-author]")) note.append(authorLine(name));
    }
  }
}

function authorLine(name) {
  const line = element("p", "about", element("bdi", "", name));
  line.dataset.author = "";
  return line;
}
