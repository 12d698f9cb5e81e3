// Keeps what is typed into a form while it is typed: in this browser until the server has it, and at the server as soon
// as nobody types, sent as the form's button sends it. What another page kept meanwhile is never overwritten.

import { signature } from "../exercises/values.js";
import { ask } from "./asking.js";
import { putBack, shown, typed, valuesOf } from "./values.js";

const PAUSE = 1000; // milliseconds without a key
const AGAIN = 5000;
const SESSION_ENDED = 401;

export class TypedForm {
  #timer = null;
  #sending = null;
  #isTouched = false;
  /** What the server has; a form that it refused holds nothing of that. */
  #saved;
  /** Whether only the person's own press sends any more. */
  #isOver = false;

  /** `on`: what the page does with a text that arrived, was refused, or is back from this browser. */
  constructor(form, { id, keeper, address, on }) {
    Object.assign(this, { form, id, keeper, address, on });
    this.state = form.querySelector("[data-state]");
    this.#saved = "typed" in form.dataset ? null : signature(valuesOf(form, shown));
    document.addEventListener("input", ({ target }) => target.form === form && this.#changed());
    document.addEventListener("visibilitychange", () => document.hidden && this.#sendTouched());
    window.addEventListener("pagehide", () => this.#sendTouched());
    window.addEventListener("online", () => this.#sendTouched());
    this.#begin();
  }

  get draft() {
    return { values: valuesOf(this.form, typed), version: this.form.elements.version.value };
  }

  get isSaved() {
    return signature(this.draft.values) === this.#saved;
  }

  /** Whether a press waits until something arrived. */
  get isDue() {
    return this.#sending !== null || !(this.isSaved || this.#isOver);
  }

  /** Send what the server doesn't have; tell whether the form may be sent by its button now. */
  async send() {
    clearTimeout(this.#timer);
    await this.#sending;
    if (!this.isDue) return true;
    this.#say(this.form.dataset.saving ?? this.state.textContent);
    this.#sending = this.#post();
    const arrived = await this.#sending;
    this.#sending = null;
    return arrived;
  }

  /** Forget what is typed here. */
  leave() {
    this.#isOver = true;
    this.keeper.forget(this);
  }

  /** Typed here before this script was there, or refused, it is newer than what this browser keeps. */
  #begin() {
    const [, kept] = this.keeper.all().find(([id]) => id === this.id) ?? [];
    if (this.#saved === null) this.isKept = this.keeper.keep(this);
    else if (!this.isSaved) this.#changed();
    else if (kept && signature(kept.values) !== this.#saved) this.#bringBack(kept);
    else this.keeper.forget(this);
  }

  #bringBack({ values, version }) {
    putBack(this.form, values);
    this.form.elements.version.value = version;
    this.on.isBack?.();
    this.#changed();
  }

  #changed() {
    clearTimeout(this.#timer);
    this.#isTouched = true;
    if (this.isSaved) return this.keeper.forget(this);
    this.isKept = this.keeper.keep(this);
    this.#timer = setTimeout(() => this.#sendTouched(), PAUSE);
  }

  /** What nobody touched since the server refused it waits for a press. */
  #sendTouched() {
    if (this.#isTouched && !this.#sending) this.send();
  }

  async #post() {
    const { values } = this.draft;
    const { status, answer } = await ask(this.address, new URLSearchParams(new FormData(this.form)));
    if (status === 200) this.#arrived(signature(values), answer);
    else if (status === SESSION_ENDED) this.#end(this.#told("ended"));
    else if (answer && status < 500) this.#refused(answer);
    else return this.#lost();
    return true;
  }

  #arrived(saved, answer) {
    this.#saved = saved;
    this.form.elements.version.value = answer.version;
    this.#say(answer.says ?? this.form.dataset.saved);
    this.on.arrived?.(answer);
    this.#changed();
  }

  #refused(answer) {
    this.#end("");
    this.on.refused(answer);
  }

  #end(text) {
    this.#isOver = true;
    this.#say(text);
  }

  #lost() {
    this.#say(this.#told("unsent"));
    this.#timer = setTimeout(() => this.#sendTouched(), AGAIN);
    return false;
  }

  /** Say plainly where this browser keeps nothing. */
  #told(what) {
    return this.form.dataset[this.isKept ? what : `${what}Unkept`];
  }

  #say(text) {
    this.state.textContent = text;
  }
}
