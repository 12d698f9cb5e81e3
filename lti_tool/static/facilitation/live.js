// Follows what changes on the trainer's page, and presses its buttons without losing a message that is being typed.

import { Clock } from "../exercises/clock.js";
import { Large } from "./large.js";

const PAUSE = 5_000;

class Live {
  #shown = "";
  #isOver = false;
  #timer = null;
  #clock = null;

  constructor(box) {
    this.box = box;
    this.status = document.querySelector("[data-says]");
    this.large = new Large();
  }

  start() {
    document.addEventListener("submit", (event) => this.#press(event));
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-large]");
      if (link && this.large.open(link.href)) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => document.hidden || this.#follow(0));
    this.#count();
    this.#follow(PAUSE);
  }

  #follow(pause) {
    clearTimeout(this.#timer);
    if (this.#isOver) return;
    this.#timer = setTimeout(async () => {
      if (!document.hidden) await this.#look();
      this.#follow(PAUSE * (1 + Math.random() / 4));
    }, pause);
  }

  async #look() {
    try {
      const answer = await fetch(this.box.dataset.now);
      if (answer.ok) this.#show(await answer.text());
      else if (answer.status < 500) this.#end();
    } catch {
      // the next look may find the line again
    }
  }

  /** Put in what is new; whoever stands on a button goes on standing there. */
  #show(markup) {
    if (markup === this.#shown) return;
    this.#shown = markup;
    const focused = this.box.contains(document.activeElement) ? document.activeElement.id : "";
    this.box.innerHTML = markup;
    if (focused) (document.getElementById(focused) ?? this.box.querySelector("button")).focus();
    this.#count();
  }

  #count() {
    this.#clock?.set(null, 0);
    const line = this.box.querySelector("[data-clock]");
    if (!line) return;
    this.#clock = new Clock(line, (text) => (this.status.textContent = text));
    this.#clock.set(Date.parse(line.dataset.ends), Date.parse(line.dataset.server) - Date.now());
  }

  #end() {
    this.#isOver = true;
    document.querySelector("[data-ended]").hidden = false;
  }

  async #press(event) {
    const form = event.target;
    if (!("press" in form.dataset) || form.action.endsWith("/step-in")) return;
    event.preventDefault();
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
      if ("clears" in form.dataset) form.reset();
      await this.#look();
    } catch {
      form.submit(); // the browser shows what is wrong
    }
  }
}

const box = document.querySelector("#live");
if (box && "fetch" in window) new Live(box).start();
