// Text that this browser kept of another canvas of the exercise. What was written alone is sent: it goes along to where
// the person writes now. What was written in a group that they left stands here to copy, until they have enough of it.

import { Keeper } from "../keeping.js";
import { Service } from "./service.js";
import { signature } from "./values.js";
import { piece } from "./words.js";

const OF_A_NOTE = /^[0-9a-f-]{36}$/;
const OF_A_GROUP = /^group\/\d+\/[0-9a-f-]{36}$/;

export class Earlier {
  constructor({ root, words }) {
    const { keep, inside, home } = root.dataset;
    Object.assign(this, { words, bar: root.querySelector(".bar"), isGroups: home === "group" });
    this.service = new Service({ ...root.dataset, inside: "" });
    this.keeper = inside && new Keeper(keep.slice(0, -inside.length - 1));
    this.inside = inside;
  }

  /** Take care of what is kept, if this is a canvas that people share. */
  async bring() {
    if (!this.keeper) return;
    const kept = this.keeper.all().filter(([, draft]) => draft.values);
    const alone = kept.filter(([id]) => OF_A_NOTE.test(id));
    const unsent = await this.#send(alone);
    const left = kept.filter(([id]) => this.isGroups && OF_A_GROUP.test(id) && !id.startsWith(`${this.inside}/`));
    if (unsent.length + left.length) this.#show([...unsent, ...left]);
  }

  /** Send one after the other; give those that the server doesn't take. Without a line they wait for the next page. */
  async #send(drafts) {
    const unsent = [];
    for (const [id, draft, key] of drafts) {
      const note = { id, draft, version: draft.version, isBlank: signature(draft.values) === "[]" };
      const { status } = await this.service.save(note).catch(() => ({ status: 0 }));
      if (status === 200) this.keeper.release(key);
      else if (status && !note.isBlank) unsent.push([id, draft, key]);
    }
    return unsent;
  }

  #show(drafts) {
    const box = piece("copy");
    const area = box.querySelector("textarea");
    box.querySelector("[data-says]").textContent = this.words.earlier;
    area.value = drafts.map(([, { values }]) => Object.values(values).join("\n")).join("\n\n");
    const copy = box.querySelector("[data-do=copy]");
    const forget = copy.cloneNode();
    Object.assign(forget, { textContent: this.words.forget });
    copy.addEventListener("click", () => (area.select(), document.execCommand("copy")));
    forget.addEventListener("click", () => {
      drafts.forEach(([, , key]) => this.keeper.release(key));
      box.remove();
    });
    copy.after(" ", forget);
    this.bar.after(box);
  }
}
