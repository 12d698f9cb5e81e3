// Votes on notes: a press counts at once here, and then at the server. Without this script the buttons send a form.

import { Service } from "./service.js";
import { copyOf, told } from "./words.js";

class Voting {
  #sending = Promise.resolve();
  #waiting = 0;

  constructor(root, box) {
    Object.assign(this, { root, box });
    this.service = new Service({ ...root.dataset, csrf: box.dataset.csrf });
    this.words = JSON.parse(box.querySelector("[data-vote-words]").textContent);
    this.left = root.querySelector("[data-votes-left]");
    this.standing = JSON.parse(box.dataset.voting);
  }

  start() {
    this.root.addEventListener("click", (event) => this.#press(event));
    this.root.addEventListener("medtown:changed", ({ detail }) => this.#dress(detail.note));
    this.root.addEventListener("medtown:votes", ({ detail }) => this.hear(detail));
    this.#show();
  }

  /** Take in how the votes stand; while presses are on their way it is known only after them. */
  hear(standing) {
    if (this.#waiting || (standing?.ballot ?? 0) < (this.standing?.ballot ?? 0)) return;
    const before = this.standing;
    this.standing = standing;
    this.#show();
    if (before?.ballot !== standing?.ballot || before?.open !== standing?.open) this.#say(standing?.says ?? "");
  }

  #press(event) {
    const button = event.target.closest("[data-vote]");
    if (!button) return;
    event.preventDefault();
    if (button.getAttribute("aria-disabled") !== "true") this.#give(noteOf(button), Number(button.dataset.vote));
  }

  #give(note, more) {
    const id = idOf(note);
    const number = (this.standing.mine[id] ?? 0) + more;
    this.standing.mine[id] = number;
    this.standing.left -= more;
    if (this.standing.totals) this.standing.totals[id] = (this.standing.totals[id] ?? 0) + more;
    this.#show();
    this.#say(`${this.#mine(id)}. ${this.#left()}`);
    this.#send(id, { ballot: this.standing.ballot, number });
  }

  /** One after the other; after the last one holds what the server says. */
  #send(id, vote) {
    this.#waiting += 1;
    this.#sending = this.#sending.then(async () => {
      const answered = await this.service.vote(id, vote).catch(() => null);
      this.#waiting -= 1;
      await this.#answered(answered);
    });
  }

  async #answered(answered) {
    if (answered?.status === 200) return this.hear(answered.answer.votes);
    this.#say(answered?.answer.title ?? this.words.failed);
    await this.#ask();
  }

  async #ask() {
    const now = await this.service.votes().catch(() => null);
    if (now?.status === 200) this.hear(now.answer.votes);
  }

  #show() {
    const { standing } = this;
    this.box.hidden = !standing;
    if (standing?.says) this.box.querySelector("[data-says]").textContent = standing.says;
    this.left.hidden = !standing?.votes;
    this.left.textContent = standing?.votes ? this.#left() : "";
    for (const note of this.root.querySelectorAll("[id^=note-]")) this.#dress(note);
  }

  /** Put on a note what can be voted there, and what was. */
  #dress(note) {
    const dots = note.querySelector(":scope > [data-dots]");
    if (!this.#isVotedOn(note)) return dots?.remove();
    this.#fill(dots ?? this.#add(note), idOf(note));
  }

  #isVotedOn(note) {
    const { standing } = this;
    if (!standing || !(standing.votes || standing.totals)) return false;
    const part = note.closest("[data-part]")?.dataset.part;
    const isThere = !note.matches(".is-deleted, .is-open") && note.dataset.version !== "0";
    return isThere && [null, part].includes(standing.part);
  }

  #add(note) {
    const dots = copyOf(this.box.querySelector("template[data-template=dots]"));
    note.append(dots);
    return dots;
  }

  #fill(dots, id) {
    const { votes, mine, left, totals } = this.standing;
    const number = mine[id] ?? 0;
    for (const button of dots.querySelectorAll("[data-vote]")) {
      const isMore = button.dataset.vote === "1";
      button.hidden = !votes;
      button.disabled = false; // it keeps the focus, and says that it does nothing
      button.setAttribute("aria-disabled", String(isMore ? left < 1 : number < 1));
    }
    const own = dots.querySelector("[data-mine]");
    if (own) this.#fillOwn(own, id, number);
    const total = dots.querySelector("[data-total]") ?? this.#addTotal(dots);
    total.hidden = !totals;
    total.textContent = totals ? told(this.words.total, { count: totals[id] ?? 0 }) : "";
  }

  #fillOwn(own, id, number) {
    own.hidden = !this.standing.votes;
    own.querySelector(".unseen").textContent = this.#mine(id);
    own.querySelector("b").textContent = number;
  }

  #addTotal(dots) {
    const total = copyOf(this.box.querySelector("template[data-template=dots]")).querySelector("[data-total]");
    dots.append(total);
    return total;
  }

  #mine(id) {
    return told(this.words.mine, { mine: this.standing.mine[id] ?? 0, each: this.standing.each });
  }

  #left() {
    return told(this.words.left, { left: this.standing.left, each: this.standing.each });
  }

  #say(text) {
    this.box.querySelector("[data-announce-vote]").textContent = text;
  }
}

const noteOf = (button) => button.closest("[id^=note-]");
const idOf = (note) => note.id.slice("note-".length);

const root = document.querySelector("#exercise");
const box = root?.querySelector("[data-voting]");
if (box) new Voting(root, box).start();
