// Several at one canvas: follows what the others do, and how far the exercise is for everybody.

import { hearAnswer } from "./answered.js";
import { Company } from "./company.js";
import { Leading } from "./leading.js";
import { Merging } from "./merging.js";
import { Polling } from "./polling.js";
import { Presence } from "./presence.js";
import { Surroundings } from "./surroundings.js";

export class Together {
  #showsNames = null;

  constructor(page) {
    const { root, service, saver, stacks, words } = page;
    Object.assign(this, { root, saver, stacks, words, home: root.dataset.home });
    this.has = { version: Number(root.dataset.version), people: -1, stage: "" };
    this.merging = new Merging(page);
    this.company = new Company(page);
    this.presence = new Presence(page);
    this.leading = new Leading(page);
    this.say = (text) => page.telling.announce(text);
    const told = { said: this.say, missed: () => (this.has.people = -1) };
    this.surroundings = new Surroundings(root, service, told);
    const on = { news: (news) => this.#take(news), ended: () => this.#end(), shut: (answer) => this.#shut(answer) };
    this.polling = new Polling(() => service.changes(this.has), on);
  }

  start() {
    this.root.addEventListener("medtown:changed", () => this.polling.stir());
    if ("follows" in this.root.dataset) this.follow();
    else if ("hears" in this.root.dataset) this.polling.start(); // alone: whether a trainer answered
  }

  /** Follow the others; where nobody else can be, only once writing was stopped. */
  follow() {
    if (this.polling.isOn) return;
    this.polling.start();
    if ("follows" in this.root.dataset) this.presence.start();
  }

  /** Something was saved or closed: do what waited for it. */
  settle() {
    this.merging.settle();
    this.leading.settle();
  }

  #take({ version, notes, stacks, photos, people, stage, votes, around, answered }) {
    this.has.version = version;
    stacks.forEach((stack) => this.stacks.hear(stack));
    this.merging.take(notes);
    if (photos) this.root.dispatchEvent(new CustomEvent("medtown:photos"));
    if (people) this.#meet(people);
    if (stage) this.#reach(stage);
    this.surroundings.hear(around);
    hearAnswer(this.root, answered, this.say);
    if (votes !== undefined) this.root.dispatchEvent(new CustomEvent("medtown:votes", { detail: votes }));
  }

  #meet(people) {
    this.has.people = people.version;
    this.company.show(people);
  }

  #reach(stage) {
    this.has.stage = stage.mark;
    if (stage.shows_names !== (this.#showsNames ?? false)) Object.assign(this.has, { version: 0, people: -1 });
    this.#showsNames = stage.shows_names;
    this.root.dispatchEvent(new CustomEvent("medtown:stage", { detail: stage }));
    this.saver.reopen();
    if (stage.home !== this.home) this.#move(stage.home);
  }

  /** The person writes elsewhere by now. */
  #move(home) {
    this.home = home;
    const { says, go } = this.words.homes[home];
    this.leading.lead(says, go);
  }

  /** The person may not read this any more. */
  #shut({ advice, title }) {
    this.presence.stop();
    this.leading.lead(advice ?? title, this.words.homes.other.go);
  }

  #end() {
    this.presence.stop();
    this.saver.end();
    this.leading.say(this.words.unfollowed);
  }
}
