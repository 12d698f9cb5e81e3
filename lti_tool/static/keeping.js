// Keeps unsent text in this browser: under site, person and workspace, so that nobody else is ever shown it and the
// next launch finds it. One entry for each note; where several tabs may write the same note, each has its own entries.

const ROOT = /^medtown(-\w+)?$/;

export class Keeper {
  /** `tab`: what only this tab is called, where it shares no entry. */
  constructor(place, tab = "") {
    this.place = place;
    this.prefix = `medtown${tab && `-${tab}`}/${place}/`;
  }

  /** Keep a note; tell whether this browser does. An older text of it makes room. */
  keep(note) {
    const key = this.prefix + note.id;
    const put = (storage) => storage.setItem(key, JSON.stringify(note.draft));
    return attempt(put) || (this.release(key), attempt(put));
  }

  /** Forget a note that arrived. */
  forget(note) {
    this.release(this.prefix + note.id);
  }

  /** Forget an entry by its key: it may be an earlier tab's. */
  release(key) {
    attempt((storage) => storage.removeItem(key));
  }

  /** Give what is kept here, by whichever tab: a note's id, its draft, and the entry's key. */
  all() {
    const found = [];
    attempt((storage) => {
      for (const key of Object.keys(storage)) {
        const id = this.#idIn(key);
        const draft = id && read(storage, key);
        if (draft) found.push([id, draft, key]);
      }
    });
    return found;
  }

  #idIn(key) {
    const root = key.split("/")[0];
    const rest = key.slice(root.length + 1);
    return ROOT.test(root) && rest.startsWith(`${this.place}/`) ? rest.slice(this.place.length + 1) : null;
  }
}

function attempt(use) {
  try {
    use(window.localStorage);
    return true;
  } catch {
    return false; // denied or full
  }
}

/** Read an entry; one that isn't ours to read is none. */
function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(key));
  } catch {
    return null;
  }
}
