// Makes what is to be read of a note, as the server does: its words, its other texts, and its marks.

import { fieldsOf, isText, labelOf, marks } from "./fields.js";
import { element, piece } from "./words.js";

/** Show a note anew; `fields` are those of its part's editor. */
export function show(note, fields, address) {
  const { element: item } = note;
  note.mark();
  const remarks = item.querySelectorAll(":scope > .remarks"); // what a trainer said of it stays
  [...item.children].forEach((child) => child.matches(".messages") || child.remove());
  const link = piece("note").querySelector("[data-open]");
  link.href = address;
  delete link.dataset.empty;
  item.append(link, ...detailsOf(note, fields), ...originsOf(item));
  if (note.isLate) item.append(piece("late"));
  if (note.author) item.append(element("p", "author", element("bdi", "", note.author)));
  item.append(...remarks);
  putWords(link, note, fields);
}

const ORIGINS = ["origin", "along"];

/** Say which group sent a note here, or from which earlier exercise it was brought along. */
function originsOf({ dataset }) {
  return ORIGINS.filter((name) => dataset[name]).map((name) => {
    const line = piece(name);
    line.querySelector("bdi").textContent = dataset[name];
    return line;
  });
}

/** Describe values to read; nothing leads to an editor. */
export function describe(note, fields) {
  const words = element("p", "words", element("bdi"));
  putWords(words, note, fields);
  return [words, ...detailsOf(note, fields)];
}

/** Give a note's first words, by which it is named; without any, what stands in their place. */
export function nameOf({ values }, fields) {
  const words = String(values[fields[0].dataset.field] ?? "").trim();
  return words || piece("note").querySelector("[data-open]").dataset.empty;
}

function putWords(words, note, fields) {
  const text = words.querySelector("bdi");
  text.lang = note.language;
  text.textContent = nameOf(note, fields);
}

function detailsOf(note, fields) {
  const others = fields.slice(1).filter((field) => field.dataset.field in note.values);
  const texts = others.filter(isText).map((field) => moreOf(field, note));
  const chosen = others.filter((field) => !isText(field)).flatMap((field) => marksOf(field, note));
  return chosen.length ? [...texts, element("ul", "marks", ...chosen)] : texts;
}

function moreOf(field, note) {
  const label = inLanguageOf(labelOf(field), element("small", "", labelOf(field).textContent));
  const text = element("bdi", "", note.values[field.dataset.field]);
  text.lang = note.language;
  const more = element("p", "more", label, " ", text);
  more.dataset.field = field.dataset.field;
  return more;
}

function marksOf(field, note) {
  return marks(field, note.values[field.dataset.field]).map(({ value, text }) => {
    const mark = inLanguageOf(labelOf(field), element("li", "", text));
    Object.assign(mark.dataset, { field: field.dataset.field, value });
    return mark;
  });
}

/** The exercise's own words may be in another language than the page. */
function inLanguageOf(label, made) {
  for (const name of ["lang", "dir"]) if (label[name]) made[name] = label[name];
  return made;
}
