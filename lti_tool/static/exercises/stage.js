// How far the exercise is: the step, the time that is left by the server's clock, and what the trainer says to all.

import { Clock } from "./clock.js";
import { Service } from "./service.js";

const LONGEST = 2 ** 31 - 1;

class Stage {
  #alarm = null;

  constructor(root, box) {
    Object.assign(this, { root, box });
    this.service = new Service({ ...root.dataset, csrf: box.dataset.csrf });
    this.status = root.querySelector("[data-announce]");
    this.clock = new Clock(root.querySelector("[data-clock]"), (text) => this.#say(text));
    this.told = JSON.parse(box.dataset.stage);
  }

  start() {
    this.#keepTime(this.told);
    this.root.addEventListener("medtown:stage", ({ detail }) => this.hear(detail));
    this.box.addEventListener("submit", (event) => this.#call(event));
  }

  /** Take in what the server tells; a page that was overtaken by a newer answer stays as it is. */
  hear(told) {
    if (told.version < this.told.version) return;
    const before = this.told;
    this.told = told;
    this.#keepTime(told);
    this.#show(told);
    this.#sayNews(before, told);
  }

  #keepTime(told) {
    const ahead = Date.parse(told.now) - Date.now();
    this.clock.set(told.step_ends_at && Date.parse(told.step_ends_at), ahead);
    clearTimeout(this.#alarm);
    const wait = told.changes_at && Date.parse(told.changes_at) - Date.parse(told.now) + 1_000 * Math.random();
    if (wait && wait < LONGEST) this.#alarm = setTimeout(() => this.#ask(), wait);
  }

  #show({ step, frozen, message, shows_names: shows }) {
    for (const line of this.#all("step")) line.hidden = Number(line.dataset.step) !== step;
    for (const line of this.#all("names")) line.hidden = !shows;
    this.#one("frozen").hidden = !frozen;
    this.#one("message").hidden = !message;
    const words = this.#one("message").querySelector("bdi");
    words.textContent = message?.text ?? "";
    words.lang = message?.language ?? "";
  }

  /** Say once what is new; the clock runs in silence. */
  #sayNews(before, told) {
    const isNew = (name) => JSON.stringify(before[name]) !== JSON.stringify(told[name]);
    const news = [];
    if (isNew("step")) news.push(...this.#all("step").filter((line) => !line.hidden));
    for (const name of ["frozen", "message"]) if (isNew(name)) news.push(this.#one(name));
    const texts = news.filter((line) => !line.hidden).map((line) => line.textContent.replace(/\s+/g, " ").trim());
    if (texts.length) this.#say(texts.join(" "));
  }

  #say(text) {
    this.status.textContent = text;
  }

  #all(name) {
    return [...this.box.querySelectorAll(`[data-${name}]`)];
  }

  #one(name) {
    return this.box.querySelector(`[data-${name}]`);
  }

  // A date may pass while nothing else happens. A page in which nothing can be written is loaded again then.

  async #ask() {
    try {
      const { status, answer } = await this.service.stage();
      if (status === 200) this.#hearAnswer(answer);
    } catch {
      // what follows the others will say it
    }
  }

  #hearAnswer(told) {
    const { place, shut } = this.box.dataset;
    const isOther = told.place !== place || (told.shut ?? undefined) !== shut;
    if (isOther && !("writes" in this.box.dataset)) location.reload();
    else this.hear(told);
  }

  async #call(event) {
    event.preventDefault();
    const { call } = event.target.dataset;
    try {
      const { status, answer } = await this.service.call(call === "on");
      if (status !== 200) throw new Error("not told");
      for (const form of this.#all("call")) form.hidden = (form.dataset.call === "off") !== answer.called;
      this.box.querySelector(".call:not([hidden]) button").focus();
    } catch {
      event.target.submit(); // the browser says what is wrong
    }
  }
}

const root = document.querySelector("#exercise");
const box = root?.querySelector("[data-stage]");
if (box && "fetch" in window) new Stage(root, box).start();
