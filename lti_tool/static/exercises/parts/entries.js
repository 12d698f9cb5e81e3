// Lists the entries by month again as they change, and begins an entry with today's day.

import { onChanged } from "../changed.js";
import { notesIn } from "../fields/pointer.js";

const root = document.querySelector("#exercise");
const drawn = new Map();
const month = new Intl.DateTimeFormat(`${document.documentElement.lang}-u-nu-latn`, { month: "long", year: "numeric", timeZone: "UTC" });

if (root?.dataset.csrf) {
  onChanged(root, draw);
  for (const part of root.querySelectorAll("[data-part]")) {
    begin(part);
    draw(part);
  }
}

function begin(part) {
  const list = part.querySelector("[data-months]");
  if (list) part.querySelector("[data-cell]").dataset.given = JSON.stringify({ [list.dataset.months]: today() });
}

/** Today where the person is, as a date field wants it. */
function today() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** What is drawn already stays as it is: somebody's focus may be there. */
function draw(part) {
  const list = part.querySelector("[data-months]");
  if (!list) return;
  const entries = notesIn(part).map(entryOf(part, list.dataset.months)).sort((one, other) => compare(other.day, one.day));
  const picture = JSON.stringify(entries);
  if (drawn.get(list) === picture) return;
  drawn.set(list, picture);
  const focused = list.contains(document.activeElement) && document.activeElement.getAttribute("href");
  list.hidden = entries.length === 0;
  list.textContent = "";
  list.append(...[...new Set(entries.map(({ day }) => day.slice(0, 7)))].map((one) => sectionOf(list, one, entries)));
  if (focused) list.querySelector(`a[href="${focused}"]`)?.focus();
}

const compare = (one, other) => (one < other ? -1 : Number(one > other));

function entryOf(part, dated) {
  const first = part.querySelector("template[data-editor]").content.querySelector("[data-field]").dataset.field;
  return ({ dataset }) => {
    const values = JSON.parse(dataset.values || "{}");
    return { id: dataset.note, language: dataset.language, words: values[first] ?? "…", day: values[dated] ?? "" };
  };
}

function sectionOf(list, name, entries) {
  const section = document.createElement("section");
  const head = document.createElement("h3");
  head.textContent = name ? month.format(new Date(`${name}-01`)) : list.dataset.undated;
  const inside = document.createElement("ul");
  inside.append(...entries.filter(({ day }) => day.slice(0, 7) === name).map(lineOf));
  section.append(head, inside);
  return section;
}

function lineOf({ id, language, words, day }) {
  const line = document.createElement("li");
  if (day) {
    const time = document.createElement("time");
    time.dateTime = day;
    time.textContent = Number(day.slice(8));
    line.append(time, " ");
  }
  const link = document.createElement("a");
  link.href = `#note-${id}`;
  const name = document.createElement("bdi");
  name.lang = language;
  name.textContent = words;
  link.append(name);
  line.append(link);
  return line;
}
