// Sends notes one after the other, again after a failure, and tells the page how it went.

const PAUSE = 1000;
const FIRST_RETRY = 2000;
const LONGEST_RETRY = 60_000;
const TIMEOUT = 20_000;
const ENDED = [401, 403, 404];

export class Saver {
  /** The session is over: nothing more is sent from this page. */
  ended = false;
  /** Failures one after the other; while it waits to try again, nothing is sent. */
  #failures = 0;
  #waits = false;
  #timers = new Map();
  #running = null;
  #retry = null;

  constructor({ url, csrf, keeper, notes, on }) {
    Object.assign(this, { url, csrf, keeper, notes, on });
    window.addEventListener("online", () => this.#goOn());
  }

  /** Take note of a change: kept at once, sent when the person pauses. */
  touch(note) {
    if (note.isDirty) this.keeper.keep(note);
    else this.keeper.forget(note);
    note.due = false;
    clearTimeout(this.#timers.get(note));
    this.#timers.set(note, setTimeout(() => this.send(note), PAUSE));
    this.on.state();
  }

  /** Send a note now, if it has anything new. */
  async send(note) {
    clearTimeout(this.#timers.get(note));
    note.due = note.isDirty;
    this.on.state();
    await this.#running; // it may have looked for the last time already
    await this.#run();
  }

  /** Send everything; tell whether the server has it all. */
  async flush() {
    await this.#running;
    for (const note of this.notes.values()) {
      clearTimeout(this.#timers.get(note));
      note.due = note.isDirty;
    }
    this.#waits = false;
    this.on.state();
    await this.#run();
    return this.state === "saved";
  }

  get state() {
    const notes = [...this.notes.values()];
    const dirty = notes.filter((note) => note.isDirty);
    if (!dirty.length) return "saved";
    if (this.ended) return "ended";
    if (dirty.some((note) => note.conflict)) return "elsewhere";
    if (dirty.some((note) => note.refused === note.signature)) return "refused";
    if (this.#failures) return this.keeper.works ? "waiting" : "unkept";
    return "saving";
  }

  #run() {
    this.#running ??= this.#sendDue().finally(() => {
      this.#running = null;
      this.on.state();
    });
    return this.#running;
  }

  async #sendDue() {
    for (let note = this.#next(); note; note = this.#next()) {
      note.due = false;
      try {
        await this.#deliver(note);
      } catch {
        note.due = true;
        this.#tryLater();
      }
    }
  }

  #next() {
    if (this.ended || this.#waits) return undefined;
    return [...this.notes.values()].find(
      (note) => note.due && note.isDirty && !note.conflict && note.refused !== note.signature,
    );
  }

  async #deliver(note) {
    const { draft, signature } = note;
    const response = await this.#request(note, draft);
    const gone = response.status === 404 && note.isBlank; // deleting what never arrived
    if (response.ok || gone) this.#arrived(note, draft, signature, gone ? { version: 0 } : await response.json());
    else if (response.status === 409) this.#changedElsewhere(note, (await response.json()).theirs);
    else if (response.status === 422) this.#refused(note, signature, await response.json());
    else if (ENDED.includes(response.status)) this.ended = true;
    else throw new Error(`answered ${response.status}`);
  }

  #request(note, draft) {
    const deletes = note.isBlank;
    const address = `${this.url}/${note.id}${deletes ? `?version=${note.version}` : ""}`;
    return fetch(address, {
      method: deletes ? "DELETE" : "PUT",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": this.csrf },
      body: deletes ? undefined : JSON.stringify(draft),
      keepalive: true, // goes on when the page is left
      signal: AbortSignal.timeout(TIMEOUT),
    });
  }

  #arrived(note, draft, signature, answer) {
    note.setVersion(answer.version);
    note.saved = signature;
    note.refused = null;
    this.#failures = 0;
    note.clearMessages();
    this.keeper.forget(note, draft.values);
    if (note.isDirty) this.keeper.keep(note); // written meanwhile, on top of the version that arrived
    this.on.saved(note, answer);
  }

  #changedElsewhere(note, theirs) {
    note.conflict = true;
    this.on.conflict(note, theirs);
  }

  #refused(note, signature, answer) {
    note.refused = signature;
    note.showProblems(answer.problems ?? [answer.advice]);
  }

  #tryLater() {
    this.#failures += 1;
    this.#waits = true;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#goOn(), Math.min(FIRST_RETRY * 2 ** (this.#failures - 1), LONGEST_RETRY));
  }

  async #goOn() {
    await this.#running;
    this.#waits = false;
    await this.#run();
  }
}
