// Sends notes one after the other, again after a failure, and tells the page how it went.

import { Delivery } from "./delivering.js";
import { keepOf } from "./keeping_of.js";
import { standing, stuck } from "./standing.js";
import { nextOf, pauseAfter } from "./turns.js";

const PAUSE = 1000;

export class Saver {
  /** Failures one after the other; while it waits to try again, nothing is sent. */
  #failures = 0;
  #waits = false;
  #timers = new Map();
  #running = null;
  #retry = null;

  /** `on`: what the page does when the state, a note's text or a note's place is told. */
  constructor({ service, keeper, notes, on }) {
    Object.assign(this, { service, keeper, notes, on });
    const moved = (note, said) => this.#arrived(note, () => on.moved(note, said));
    const saved = (note) => this.#arrived(note, () => on.saved(note));
    const shut = (note) => this.#arrived(note, on.shut);
    this.delivery = new Delivery(service, { ...on, saved, moved, shut });
    window.addEventListener("online", () => this.#goOn());
  }

  /** Take note of a change: kept at once, sent when the person pauses. */
  touch(note) {
    keepOf(this.keeper, note);
    note.due = false;
    clearTimeout(this.#timers.get(note));
    this.#timers.set(note, setTimeout(() => this.send(note), PAUSE));
    this.on.state();
  }

  /** Take note of a move. A note that the server hasn't seen takes its place along with its words. */
  moved(note) {
    note.placeDue = note.version > 0;
    keepOf(this.keeper, note);
    this.on.state();
    return this.#goOn();
  }

  /** Send a note now, if it has anything new; what is on its way isn't known yet. */
  async send(note) {
    clearTimeout(this.#timers.get(note));
    note.due = note.isDirty || note.sending;
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
    await this.#goOn();
    return this.state === "saved";
  }

  /** Writing may go on, or not: what waited is sent again. */
  reopen() {
    if (!this.shut) return;
    this.delivery.shut = null;
    this.#goOn();
  }

  /** The session is over, as the page heard before it sent anything. */
  end() {
    this.delivery.ended = true;
    this.on.state();
  }

  get ended() {
    return this.delivery.ended;
  }

  get shut() {
    return this.delivery.shut;
  }

  get unsaved() {
    return [...this.notes.values()].filter((note) => note.isUnsaved);
  }

  /** What isn't just on its way. */
  get stuck() {
    return stuck(this.unsaved, this.#trouble);
  }

  get state() {
    return standing(this.unsaved, this.#trouble);
  }

  get #trouble() {
    return { ended: this.ended, shut: this.shut !== null, failed: this.#failures > 0 };
  }

  #run() {
    this.#running =
      this.#running ??
      this.#sendDue().finally(() => {
        this.#running = null;
        this.on.state();
      });
    return this.#running;
  }

  async #sendDue() {
    for (let send = this.#next(); send; send = this.#next()) {
      try {
        await send();
      } catch {
        this.#tryLater();
      }
    }
  }

  #next() {
    return this.ended || this.shut || this.#waits ? null : nextOf([...this.notes.values()], this.delivery);
  }

  #arrived(note, tell) {
    this.#failures = 0;
    keepOf(this.keeper, note);
    tell();
  }

  #tryLater() {
    this.#failures += 1;
    this.#waits = true;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#goOn(), pauseAfter(this.#failures));
  }

  async #goOn() {
    await this.#running;
    this.#waits = false;
    await this.#run();
  }
}
