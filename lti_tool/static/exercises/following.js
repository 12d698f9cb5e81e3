// A page on which nobody writes follows how far the exercise is: as soon as that changes it is loaded again. Of new
// notes it only says that they are there. What this browser kept of an unsent text stands there to copy.

import { Keeper } from "../keeping.js";
import { hearAnswer } from "./answered.js";
import { Polling } from "./polling.js";
import { Service } from "./service.js";
import { Surroundings } from "./surroundings.js";
import { piece } from "./words.js";

const root = document.querySelector("#exercise");
const service = new Service(root.dataset);
const stage = root.dataset.follows ?? root.dataset.hears;
const has = { version: Number(root.dataset.version), people: -1, stage };

const status = root.querySelector("[data-announce]");
const told = {
  said: (text) => (status.textContent = text),
  missed: () => (has.people = -1),
  homeless: () => location.reload(),
};
const surroundings = new Surroundings(root, service, told);

function take({ version, notes, stacks, photos, people, stage, votes, around, answered }) {
  if (stage) return location.reload();
  if (people) has.people = people.version;
  surroundings.hear(around);
  hearAnswer(root, answered, told.said);
  if (notes.length || stacks.length || photos) root.querySelector("[data-news]").hidden = false;
  has.version = version;
  if (votes !== undefined) root.dispatchEvent(new CustomEvent("medtown:votes", { detail: votes }));
}

const OF_A_NOTE = /^[0-9a-f-]{36}$/;

function showKept() {
  const drafts = new Keeper(root.dataset.keep).all().filter(([id, { values }]) => OF_A_NOTE.test(id) && values);
  const kept = drafts.flatMap(([, { values }]) => Object.values(values));
  const box = piece("copy");
  if (!kept.length) return;
  const area = box.querySelector("textarea");
  area.value = kept.join("\n\n");
  box.querySelector("[data-says]").textContent = root.dataset.kept;
  box.querySelector("[data-do=copy]").addEventListener("click", () => {
    area.select();
    document.execCommand("copy");
  });
  root.prepend(box);
}

if (root.dataset.keep) showKept();
if (stage !== undefined) new Polling(() => service.changes(has), { news: take, ended() {}, shut: () => location.reload() }).start();
