// Counts the time of a step down by the server's clock: a phone's may be wrong by hours. At its end nothing is cut off.

import { told } from "./words.js";

const CALM = matchMedia("(prefers-reduced-motion: reduce)");

export class Clock {
  #timer = null;
  #ends = null;
  #ahead = 0;
  #isUp = false;

  /** `say`: what a screen reader is to be told, once, when the time is up. */
  constructor(line, say) {
    Object.assign(this, { line, say });
  }

  /** Count down to a moment of the server's, whose clock is `ahead` of this one; both in milliseconds. */
  set(ends, ahead) {
    this.#ends = ends;
    this.#ahead = ahead;
    this.#isUp = ends !== null && this.#left() <= 0;
    clearInterval(this.#timer);
    this.line.hidden = ends === null;
    if (ends === null) return;
    this.#show();
    this.#timer = setInterval(() => this.#show(), CALM.matches ? 15_000 : 1_000);
  }

  #left() {
    return this.#ends - this.#ahead - Date.now();
  }

  #show() {
    const left = this.#left();
    const { left: words, up } = this.line.dataset;
    this.line.classList.toggle("is-up", left <= 0);
    this.line.textContent = left > 0 ? told(words, { time: written(left) }) : up;
    if (left > 0 || this.#isUp) return;
    this.#isUp = true;
    this.say(up);
  }
}

/** Write a length of time as minutes and seconds. */
function written(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
