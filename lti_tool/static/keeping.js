// Keeps unsent text in this browser: under site, person and workspace, so that nobody else is ever shown it and the
// next launch finds it. One entry for each note, so that two windows don't overwrite each other's.

export class Keeper {
  works = true;

  constructor(place) {
    this.prefix = `medtown/${place}/`;
  }

  keep(note) {
    this.#attempt((storage) => storage.setItem(this.prefix + note.id, JSON.stringify(note.draft)));
  }

  /** Forget a note that arrived, unless another window keeps a later text of it. */
  forget(note, sent) {
    this.#attempt((storage) => {
      const kept = storage.getItem(this.prefix + note.id);
      if (!sent || !kept || JSON.stringify(JSON.parse(kept).values) === JSON.stringify(sent)) {
        storage.removeItem(this.prefix + note.id);
      }
    });
  }

  /** Give what is kept, as pairs of a note's id and its draft. */
  all() {
    const found = [];
    this.#attempt((storage) => {
      for (const key of Object.keys(storage).filter((name) => name.startsWith(this.prefix))) {
        found.push([key.slice(this.prefix.length), JSON.parse(storage.getItem(key))]);
      }
    });
    return found;
  }

  #attempt(use) {
    try {
      use(window.localStorage);
    } catch {
      this.works = false; // blocked or full: the page says so
    }
  }
}
