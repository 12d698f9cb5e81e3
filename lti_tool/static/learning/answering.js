// Keeps what a reader answers for themselves as they write it; until the server has it, it stays in this browser.
// Where somebody wrote something else on another page, the form is sent as it is without a script, and shows both.

import { Keeper } from "../keeping.js";

const PAUSE = 1500;
const AGAIN = 5000;
const TIMEOUT = 20_000;

class Answer {
  #timer = null;
  #isSending = false;

  constructor(form, keeper) {
    this.form = form;
    this.keeper = keeper;
    this.id = form.dataset.question;
    this.text = form.elements.text;
    this.saved = this.text.defaultValue.trim();
    this.state = form.querySelector("[data-state]");
    form.addEventListener("input", () => this.#changed());
    form.addEventListener("submit", (event) => this.#submitted(event));
  }

  get draft() {
    return { text: this.text.value, version: this.form.elements.version.value };
  }

  get isSaved() {
    return this.text.value.trim() === this.saved;
  }

  /** Bring back what was never kept. */
  bringBack({ text, version }) {
    if (text.trim() === this.saved) return this.keeper.forget(this);
    this.text.value = text;
    this.form.elements.version.value = version;
    this.#changed();
  }

  #changed() {
    clearTimeout(this.#timer);
    if (this.isSaved) return this.keeper.forget(this);
    this.keeper.keep(this);
    this.#timer = setTimeout(() => this.send(), PAUSE);
  }

  #submitted(event) {
    event.preventDefault();
    this.send();
  }

  async send() {
    clearTimeout(this.#timer);
    if (this.#isSending || this.isSaved) return;
    this.#isSending = true;
    const { value } = this.text;
    const { status, answer } = await ask(this.form);
    this.#isSending = false;
    if (status === 200) this.#kept(value, answer.version);
    else if (answer && status !== 401) this.form.submit(); // the page says what stands in the way
    else this.#lost();
  }

  #lost() {
    this.state.textContent = this.state.dataset.unkept;
    this.#timer = setTimeout(() => this.send(), AGAIN);
  }

  #kept(value, version) {
    this.saved = value.trim();
    this.form.elements.version.value = version;
    this.state.textContent = this.state.dataset.kept;
    this.#changed();
  }
}

async function ask(form) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), TIMEOUT);
  try {
    const sent = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, signal: late.signal };
    const answer = await fetch(form.action, sent);
    return { status: answer.status, answer: await answer.json() };
  } catch {
    return { status: 0, answer: null };
  } finally {
    clearTimeout(timer);
  }
}

const keeper = new Keeper(document.querySelector("[data-keep]").dataset.keep);
const answers = [...document.querySelectorAll("form[data-question]")].map((form) => new Answer(form, keeper));
for (const [id, kept] of keeper.all()) answers.find((answer) => answer.id === id)?.bringBack(kept);
addEventListener("online", () => answers.forEach((answer) => answer.send()));
document.addEventListener("visibilitychange", () => document.hidden && answers.forEach((answer) => answer.send()));
