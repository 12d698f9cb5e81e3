// Says in sum what others changed, once in a while: a screen reader that was told of each note would never be silent.

import { told } from "./words.js";

const SELDOM = 15_000;

export class News {
  #notes = new Map();
  #timer = null;
  #saidAt = -SELDOM;

  constructor(telling) {
    this.telling = telling;
  }

  /** Take note of what happened to a note: `added`, `changed` or `gone`; of several things the first counts. */
  add(id, what) {
    if (!this.#notes.has(id)) this.#notes.set(id, what);
  }

  /** Say it soon, but not again right after it was said. */
  tell() {
    if (!this.#notes.size || this.#timer) return;
    const wait = Math.max(0, this.#saidAt + SELDOM - performance.now());
    this.#timer = setTimeout(() => this.#say(), wait);
  }

  #say() {
    const all = [...this.#notes.values()];
    this.#notes.clear();
    this.#timer = null;
    this.#saidAt = performance.now();
    const numbers = ["added", "changed", "gone"].map((what) => [what, all.filter((one) => one === what).length]);
    const sentences = numbers.filter(([, number]) => number);
    const { news } = this.telling.words;
    this.telling.announce(sentences.map(([what, number]) => told(news[what], { number })).join(" "));
  }
}
