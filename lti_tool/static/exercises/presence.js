// Tells the others that somebody is here, and which note they have open.

const BEAT = 20_000;
const SOON = 300;

export class Presence {
  #told = null;
  #soon = null;
  #beat = null;

  constructor({ root, service, editor }) {
    Object.assign(this, { root, service, editor });
  }

  start() {
    for (const name of ["medtown:editing", "medtown:changed"]) this.root.addEventListener(name, () => this.#look());
    document.addEventListener("visibilitychange", () => document.hidden || this.#tell());
    window.addEventListener("pagehide", () => this.#leave());
    window.addEventListener("pageshow", (event) => event.persisted && this.#tell());
    this.#beat = setInterval(() => document.hidden || this.#tell(), BEAT);
    this.#tell();
  }

  /** The session is over: nobody is told any more. */
  stop() {
    clearInterval(this.#beat);
    this.#beat = null;
  }

  /** One editor often closes right before another one opens. */
  #look() {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#open !== this.#told && this.#tell(), SOON);
  }

  get #open() {
    return this.editor.note ? this.editor.note.id : null;
  }

  #tell() {
    if (!this.#beat) return;
    this.#told = this.#open;
    this.#send({ note: this.#told });
  }

  #leave() {
    if (this.#beat) this.#send({ note: null, left: true });
  }

  async #send(sign) {
    try {
      await this.service.present(sign);
    } catch {
      // the next beat tells it
    }
  }
}
