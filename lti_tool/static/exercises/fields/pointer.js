// A note may point at another of its part: the editor offers those that are there, and a note says which one it is.

import { onChanged } from "../changed.js";

// A page to read or to print has none: there the links lead to the notes, and that is all.
const root = document.querySelector("#exercise");

/** Give the notes that stand in a part, in their order. */
export const notesIn = (part) => [...part.querySelectorAll("[data-note]:not(.is-deleted):not([hidden])")];

/** Give the ids of the notes at which one points. */
export function pointedAt(note) {
  const values = valuesOf(note);
  return pointersOf(note.closest("[data-part]")).map((id) => values[id]).filter(Boolean);
}

const valuesOf = (note) => JSON.parse(note.dataset.values || "{}");

/** Give the ids of a part's fields that point; where nobody writes there is no editor, and the links say it. */
function pointersOf(part) {
  const editor = part.querySelector("template[data-editor]")?.content;
  return [...(editor?.querySelectorAll("[data-kind=pointer]") ?? [])].map((field) => field.dataset.field);
}

function nameOf(note) {
  const editor = note.closest("[data-part]").querySelector("template[data-editor]").content;
  return valuesOf(note)[editor.querySelector("[data-field]").dataset.field] ?? "…";
}

/** Offer the other notes in an open editor. */
function offer(note, editor) {
  for (const select of editor.querySelectorAll("[data-kind=pointer] select")) {
    const others = notesIn(note.closest("[data-part]")).filter((other) => other !== note);
    select.length = 1;
    select.append(...others.map((other) => new Option(nameOf(other), other.dataset.note)));
    select.value = valuesOf(note)[select.name] ?? "";
  }
}

/** Say in each note what it points at. */
function say(part) {
  const ids = pointersOf(part);
  const there = new Map(notesIn(part).map((note) => [note.dataset.note, note]));
  for (const mark of part.querySelectorAll("[data-note] .marks [data-field]")) {
    if (ids.includes(mark.dataset.field)) link(there.get(mark.dataset.value), mark);
  }
}

function link(target, mark) {
  mark.hidden = !target;
  if (!target) return;
  mark.dataset.label = mark.dataset.label ?? mark.textContent.trim();
  const anchor = document.createElement("a");
  anchor.href = `#${target.id}`;
  const name = document.createElement("bdi");
  name.textContent = nameOf(target);
  anchor.append(`${mark.dataset.label}: `, name);
  if (mark.firstElementChild && mark.firstElementChild.isEqualNode(anchor)) return; // it may have the focus
  mark.textContent = "";
  mark.append(anchor);
}

if (root) {
  root.addEventListener("medtown:editing", ({ detail }) => offer(detail.note, detail.editor));
  onChanged(root, say);
  root.querySelectorAll("[data-part]").forEach(say);
  root.querySelectorAll(".note.is-open").forEach((note) => offer(note, note));
}
