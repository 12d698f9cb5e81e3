// Draws the steps and what stands under them as a table again as they change. A press in a place of the table begins a
// note there: the row's own way to add one opens, and what is written is under that step from its first letter.

import { onChanged } from "../changed.js";
import { notesIn } from "../fields/pointer.js";

const root = document.querySelector("#exercise");
const drawn = new Map();

if (root?.dataset.csrf) {
  root.addEventListener("medtown:editing", ({ detail }) => offer(detail.note, detail.editor));
  onChanged(root, draw);
  root.querySelectorAll("[data-part]").forEach(draw);
}

/** What is drawn already stays as it is: somebody's focus may be there. */
function draw(part) {
  const table = part.querySelector("[data-blueprint]");
  if (!table) return;
  const notes = notesIn(part).map(noteOf(part, table.dataset.blueprint));
  const picture = JSON.stringify(notes);
  if (drawn.get(table) === picture) return;
  drawn.set(table, picture);
  const focused = keyOf(document.activeElement, table);
  fill(part, table, notes);
  if (focused) [...table.querySelectorAll("a, button")].find((one) => keyOf(one, table) === focused)?.focus();
}

function noteOf(part, pointer) {
  const first = part.querySelector("template[data-editor]").content.querySelector("[data-field]").dataset.field;
  return (note) => {
    const { note: id, language, values } = note.dataset;
    const { [first]: words = "…", [pointer]: step = "" } = JSON.parse(values || "{}");
    const marks = marksOf(note, pointer);
    return { id, row: rowOf(note), language, words, step, marks, told: marks.map(({ outerHTML }) => outerHTML) };
  };
}

/** Give what is to be read of a note beside its words: who does it, where it goes wrong. */
function marksOf(note, pointer) {
  const marks = [...note.querySelectorAll(".marks [data-field]")];
  return marks.filter(({ dataset }) => dataset.field !== pointer).map((mark) => mark.cloneNode(true));
}

function rowOf(note) {
  return note.closest("[data-cell]").dataset.cell;
}

/** Offer the steps alone to stand under, and nothing to a step itself. */
function offer(note, editor) {
  const part = note.closest("[data-part]");
  const table = part.querySelector("[data-blueprint]");
  const select = table && editor.querySelector(`select[name="${table.dataset.blueprint}"]`);
  if (!select) return;
  const { steps } = table.querySelector("[data-steps]").dataset;
  const known = notesIn(part).filter((other) => rowOf(other) === steps).map(({ dataset }) => dataset.note);
  for (const option of [...select.options]) if (option.value && !known.includes(option.value)) option.remove();
  select.closest("[data-field]").hidden = rowOf(note) === steps;
}

function fill(part, table, notes) {
  const head = table.querySelector("[data-steps]");
  const steps = notes.filter(({ row }) => row === head.dataset.steps);
  const others = notes.filter((note) => !steps.includes(note));
  const strays = others.filter(({ step }) => !steps.some(({ id }) => id === step));
  table.closest(".blueprint").hidden = steps.length + others.length === 0;
  refill(head, [...steps.map(headOf), ...(strays.length ? [strayHead(table)] : [])]);
  for (const line of table.querySelectorAll("[data-row]")) {
    const here = others.filter(({ row }) => row === line.dataset.row);
    const places = steps.map(({ id }) => placeOf(part, line, id, here.filter(({ step }) => step === id)));
    const stray = strays.length ? [cell("td", ...here.filter((note) => strays.includes(note)).flatMap(shown))] : [];
    refill(line, [...places, ...stray]);
  }
}

function refill(line, cells) {
  while (line.children.length > 1) line.lastElementChild.remove();
  line.append(...cells);
}

function headOf(note) {
  const head = cell("th", ...shown(note));
  head.scope = "col";
  head.className = "step";
  return head;
}

function strayHead(table) {
  const head = cell("th", table.closest(".blueprint").querySelector("template").content.cloneNode(true));
  head.scope = "col";
  return head;
}

function placeOf(part, line, step, notes) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = "+";
  button.dataset.under = step;
  button.setAttribute("aria-label", `${line.closest("table").dataset.begin}: ${line.querySelector("[data-name]").textContent}`);
  button.addEventListener("click", () => begin(part, line.dataset.row, step));
  return cell("td", ...notes.flatMap(shown), button);
}

/** Begin a note in a row, under a step; whoever adds one in the row itself says the step later. */
function begin(part, row, step) {
  const place = part.querySelector(`[data-cell="${CSS.escape(row)}"]`);
  place.dataset.given = JSON.stringify({ [part.querySelector("[data-blueprint]").dataset.blueprint]: step });
  place.querySelector("[data-add]").click();
  part.addEventListener("focusout", () => delete place.dataset.given, { once: true });
}

function cell(name, ...inside) {
  const made = document.createElement(name);
  made.append(...inside);
  return made;
}

function shown(note) {
  if (!note.marks.length) return [linkTo(note)];
  const list = document.createElement("ul");
  list.className = "marks";
  list.append(...note.marks);
  return [linkTo(note), list];
}

function linkTo({ id, language, words }) {
  const link = document.createElement("a");
  link.href = `#note-${id}`;
  const name = document.createElement("bdi");
  name.lang = language;
  name.textContent = words;
  link.append(name);
  return link;
}

/** Tell what in the table has the focus by what it does. */
function keyOf(element, table) {
  if (!table.contains(element)) return "";
  const { under } = element.dataset;
  return under ? `${element.closest("tr").dataset.row}/${under}` : element.getAttribute("href");
}
