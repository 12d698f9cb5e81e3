// Asks again and again what is new: often while something happens, seldom while nothing does or nobody looks.

const OFTEN = 2000;
const HIDDEN = 30_000;
const LONGEST = 30_000;
/** After so long without anything new, so seldom; the longest first. */
const QUIET = [
  [5 * 60_000, 10_000],
  [2 * 60_000, 5000],
];
const ENDED = [401, 403];
const SHUT = [404, 423];
const ENDS = [...ENDED, ...SHUT];
const GOOD = [200, 204];
const NO_ANSWER = { status: 0 };

export class Polling {
  /** Whether it asks at all. */
  isOn = false;
  #timer = null;
  #lively = performance.now();
  #failures = 0;
  #planned = OFTEN;

  /** `ask` gives an answer of the server; `on`: what the page does with news, and where there are none any more. */
  constructor(ask, on) {
    Object.assign(this, { ask, on });
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
    window.addEventListener("online", () => this.#hurry());
  }

  start() {
    if (this.isOn) return;
    this.isOn = true;
    this.#ask();
  }

  stop() {
    this.isOn = false;
    clearTimeout(this.#timer);
  }

  /** Something happens: ask often again. */
  stir() {
    this.#lively = performance.now();
    if (this.#timer && this.#planned > this.#pause) this.#wait();
  }

  /** Somebody looks again, or the line is back: ask at once. */
  #hurry() {
    this.#lively = performance.now();
    if (this.#timer) this.#ask();
  }

  get #pause() {
    if (document.hidden) return HIDDEN;
    const quiet = QUIET.find(([after]) => performance.now() - this.#lively > after);
    const pause = quiet ? quiet[1] : OFTEN;
    return this.#failures ? Math.min(pause * 2 ** this.#failures, LONGEST) : pause;
  }

  /** Not all at the same moment. */
  #wait() {
    clearTimeout(this.#timer);
    this.#planned = this.#pause;
    this.#timer = setTimeout(() => this.#ask(), this.#planned * (0.85 + 0.3 * Math.random()));
  }

  async #ask() {
    clearTimeout(this.#timer);
    this.#timer = null;
    const { status, answer } = await this.ask().catch(() => NO_ANSWER);
    if (!this.isOn) return;
    this.#failures = GOOD.includes(status) ? 0 : this.#failures + 1;
    if (ENDS.includes(status)) this.stop();
    else this.#wait();
    this.#tell(status, answer);
  }

  #tell(status, answer) {
    if (status === 200) {
      this.#lively = performance.now();
      this.on.news(answer);
    }
    if (ENDED.includes(status)) this.on.ended();
    if (SHUT.includes(status)) this.on.shut(answer);
  }
}
