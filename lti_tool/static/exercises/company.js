// Shows who else is here, and marks the notes that they have open.

import { element, told } from "./words.js";

const MOST = 8;

export class Company {
  /** By the ids of the notes that others have open, their names; null where names aren't shown. */
  #open = new Map();

  constructor({ root, canvas, words }) {
    Object.assign(this, { root, canvas, words });
    this.line = root.querySelector("[data-people]");
    root.addEventListener("medtown:changed", ({ detail }) => this.#mark(detail.note));
    root.addEventListener("medtown:editing", ({ detail }) => this.#mark(detail.note));
  }

  show({ here, open }) {
    this.#tell(here);
    const before = [...this.#open.keys()];
    this.#open = new Map(open.map(({ note, name }) => [note, name]));
    for (const id of new Set([...before, ...this.#open.keys()])) {
      const note = this.canvas.notes.get(id);
      if (note) this.#mark(note.element);
    }
  }

  #tell(here) {
    const trainers = here.filter((one) => one.trainer);
    const others = here.filter((one) => !one.trainer);
    this.line.textContent = "";
    trainers.forEach(({ name }) => this.line.append(...sentence(this.words.trainer_here, [nameOf(name)]), " "));
    if (others.length) this.line.append(...sentence(this.words.people_here, this.#names(others)));
    this.line.hidden = here.length === 0;
  }

  #names(people) {
    const shown = people.slice(0, MOST).map(({ name }) => nameOf(name));
    const names = shown.flatMap((name, index) => (index ? [this.words.comma, name] : [name]));
    const more = people.length - shown.length;
    return more ? [...names, this.words.comma, told(this.words.more_here, { number: more })] : names;
  }

  #mark(item) {
    item.querySelectorAll(":scope > .writing").forEach((mark) => mark.remove());
    const id = item.dataset.note;
    if (!this.#open.has(id) || item.matches(".is-deleted, [hidden]")) return;
    const name = this.#open.get(id);
    const says = name ? sentence(this.words.writing_named, [nameOf(name)]) : [this.words.writing_here];
    item.append(element("p", "writing", ...says));
  }
}

const nameOf = (name) => element("bdi", "", name);

/** Put names where a sentence says so. */
function sentence(words, names) {
  const [before, after] = words.split("{name}");
  return [before, ...names, after ?? ""];
}
