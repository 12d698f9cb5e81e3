// Keeps what a trainer chose in this browser, under site, person and course, from the press of the button until Moodle
// is given it: it outlives an ended session, a closed tab, and a page of Moodle that no longer waits for it.

import { Keeper } from "./keeping.js";

const ID = "choice";

export class Choice {
  #keeper;

  constructor(place) {
    this.#keeper = new Keeper(place);
  }

  get activities() {
    return this.#keeper.all().find(([id]) => id === ID)?.[1] ?? [];
  }

  keep(activities) {
    this.#keeper.keep({ id: ID, draft: activities });
  }

  forget() {
    this.#keeper.forget({ id: ID });
  }
}
