// Sends one note, and writes down what the answer says about it.

import { signature } from "./values.js";

const ENDED = [401, 403, 404];
const GONE = { status: 200, answer: { version: 0 } };

export class Delivery {
  /** The session is over: nothing more is sent from this page. */
  ended = false;
  /** What the server says while nobody, or this person, may write there: nothing is sent until that changes. */
  shut = null;

  constructor(service, on) {
    Object.assign(this, { service, on });
  }

  /** Send a note's words. While they are on their way, and after no answer, what the server has isn't known. */
  async words(note) {
    const sent = note.signature;
    const where = placeOf(note);
    note.due = false;
    try {
      const reply = await this.#send(note, () => this.service.save(note));
      this.#judge(note, sent, where, isGone(reply, sent) ? GONE : reply);
    } catch (error) {
      Object.assign(note, { saved: null, unanswered: sent, due: true });
      throw error;
    }
  }

  async #send(note, ask) {
    note.sending = true;
    try {
      return await ask();
    } finally {
      note.sending = false;
    }
  }

  #judge(note, sent, where, { status, answer }) {
    if (status === 200) this.#arrived(note, sent, where, answer);
    else if (status === 409) this.#changedElsewhere(note, answer.theirs);
    else if (status === 422) this.#refused(note, sent, answer);
    else if (status === 423) this.#stop(note, { due: true }, answer);
    else this.#failed(status);
  }

  /** What was to be sent waits, as it is. */
  #stop(note, due, { advice, title }) {
    Object.assign(note, due);
    this.shut = advice ?? title;
    this.on.shut(note);
  }

  #arrived(note, sent, where, { version }) {
    const wasNew = note.version === 0;
    Object.assign(note, { version, saved: sent, unanswered: null, refused: null, problems: [] });
    note.due = note.isDirty; // written, or undone, meanwhile
    note.placeDue = note.placeDue || (wasNew && placeOf(note) !== where);
    this.on.saved(note);
  }

  /** What this page sent itself, and text that is only gone where none was known, are nobody else's. */
  #changedElsewhere(note, theirs) {
    const held = signature(theirs.values);
    const isOurs = held === note.unanswered || (note.version === 0 && held === "[]");
    note.unanswered = null;
    if (!isOurs) return this.#ask(note, theirs);
    Object.assign(note, { version: theirs.version, saved: held });
    note.due = note.isDirty;
    if (!note.isDirty) this.on.saved(note);
  }

  #ask(note, theirs) {
    note.theirs = theirs;
    this.on.conflict(note);
  }

  #refused(note, sent, answer) {
    const problems = answer.problems ?? [answer.advice ?? answer.title];
    Object.assign(note, { refused: sent, problems, due: note.signature !== sent });
    this.on.refused(note);
  }

  #failed(status) {
    if (!ENDED.includes(status)) throw new Error(`answered ${status}`);
    this.ended = true;
  }

  /** Ask whether the server can be reached, when nothing else is to be sent. */
  async reaches() {
    try {
      const { status } = await this.service.ready();
      if (status === 401 || status === 403) this.ended = true;
      return status === 200 || status === 404; // a process of the version before has no such list
    } catch {
      return false;
    }
  }

  /** Tell where a note stands now; the last move wins. */
  async place(note) {
    note.placeDue = false;
    try {
      const { status, answer } = await this.#send(note, () => this.service.move(note));
      if (status === 200) this.#moved(note, answer);
      else if (status === 423) this.#stop(note, { placeDue: true }, answer);
      else if (status === 422 || status === 404) this.#stays(note, answer);
      else this.#failed(status);
    } catch (error) {
      note.placeDue = true;
      throw error;
    }
  }

  #moved(note, { place, said }) {
    note.place = place;
    this.on.moved(note, said);
  }

  /** The place, or the note, is gone: nothing to tell again. */
  #stays(note, { problems, advice, title }) {
    this.on.moved(note, problems?.[0] ?? advice ?? title);
  }
}

/** Deleting what never arrived. */
const isGone = ({ status }, sent) => status === 404 && sent === "[]";

const placeOf = (note) => JSON.stringify(note.where);
