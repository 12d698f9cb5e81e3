// Handing in saves everything first. What stands in the way is said beside the button, one line each.

import { element } from "./words.js";

const { submit } = HTMLFormElement.prototype;

export class HandingIn {
  #isBusy = false;
  #isShown = false;
  #shown = "";

  constructor(form, page) {
    Object.assign(this, { form, page, canvas: page.canvas, saver: page.saver, words: page.words });
    this.box = form.querySelector("[data-obstacles]");
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.#isBusy) this.#handIn();
    });
    window.addEventListener("pageshow", () => (this.#isBusy = false));
  }

  async #handIn() {
    this.#isBusy = true;
    this.page.close();
    this.page.telling.announce(this.words.handing_in);
    if (await this.#isThrough()) return submit.call(this.form);
    this.#isBusy = false;
    this.page.telling.announce("");
    this.#show(this.#obstacles());
    this.box.querySelector("[tabindex]").focus();
  }

  /** Send everything, with what is written meanwhile; tell whether the server has it and is there. */
  async #isThrough() {
    const isThrough = (await this.saver.flush()) && (await this.saver.delivery.reaches());
    const isWrittenMeanwhile = this.saver.unsaved.length > 0 && !this.saver.stuck.length;
    return isWrittenMeanwhile ? this.#isThrough() : isThrough;
  }

  /** Follow what is in the way while it is shown. */
  update() {
    if (!this.#isShown || this.#isBusy) return;
    const lines = this.saver.stuck.length ? this.#obstacles() : [];
    const isSame = lines.map((line) => line.textContent).join() === this.#shown;
    if (isSame) return;
    const hadFocus = this.box.contains(document.activeElement);
    this.#show(lines);
    if (hadFocus) (this.box.querySelector("[tabindex]") ?? this.form.querySelector("button")).focus();
  }

  #obstacles() {
    const lines = this.saver.stuck.map((note) => this.#lineOf(note));
    const { line, session } = this.words.obstacles;
    if (this.saver.shut) return [element("li", "", this.saver.shut), ...lines];
    if (this.saver.ended) return [element("li", "", session), ...lines];
    return lines.length ? lines : [element("li", "", line)];
  }

  #lineOf(note) {
    const isDeleted = note.isBlank && !note.theirs;
    const name = isDeleted ? this.words.obstacles.deleted : this.canvas.nameOf(note);
    const link = element("a", "", element("bdi", "", name));
    link.href = `#note-${note.id}`;
    return element("li", "", link, `: ${this.#reason(note)}`);
  }

  #reason(note) {
    const { obstacles } = this.words;
    if (this.saver.ended) return obstacles.ended;
    if (this.saver.shut) return obstacles.shut;
    if (note.theirs) return obstacles.elsewhere;
    if (note.isRefused) return note.problems.join(" ") || obstacles.refused;
    return obstacles.waiting;
  }

  #show(lines) {
    this.#isShown = lines.length > 0;
    this.#shown = lines.map((line) => line.textContent).join();
    this.box.textContent = "";
    if (!this.#isShown) return;
    const sentence = element("p", "", this.words.hand_in_waits);
    sentence.tabIndex = -1;
    this.box.append(sentence, element("ul", "", ...lines));
  }
}
