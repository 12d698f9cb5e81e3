// Shows both texts of a note that was changed elsewhere, and lets the person take one or put both together.

import { signature } from "./notes.js";

/** Show the choice in the note; `decided` is called when the person has chosen. */
export function showConflict(note, theirs, decided) {
  note.clearMessages();
  const box = document.querySelector("template[data-template=conflict]").content.firstElementChild.cloneNode(true);
  const isDeleted = !Object.keys(theirs.values).length;
  box.querySelector(`[data-if=${isDeleted ? "changed" : "deleted"}]`).remove();
  box.querySelector("dl").append(...describe(note, theirs.values));
  box.addEventListener("click", (event) => {
    const choose = CHOICES[event.target.dataset.do];
    if (!choose) return;
    note.saved = signature(theirs.values);
    note.setVersion(theirs.version);
    note.conflict = false;
    note.values = choose(note, theirs.values);
    box.remove();
    note.inputs[0].focus();
    decided();
  });
  note.line.after(box);
}

const CHOICES = {
  take: (_note, theirs) => theirs,
  keep: (note) => note.values,
  join: (note, theirs) => join(note, theirs),
};

/** Put both texts of each text field one below the other; of two choices, the person's own stays. */
function join(note, theirs) {
  const joined = { ...theirs, ...note.values };
  for (const area of note.element.querySelectorAll("textarea")) {
    const texts = [theirs[note.fieldOf(area)], area.value.trim()].filter(Boolean);
    joined[note.fieldOf(area)] = [...new Set(texts)].join("\n\n");
  }
  return joined;
}

/** Put values in words, with the labels that the note's own fields have. */
function describe(note, values) {
  const shown = new Map(note.inputs.map((input) => [note.fieldOf(input), input]));
  const described = Object.entries(values).filter(([field]) => shown.has(field));
  return described.flatMap(([field, value]) => {
    const input = shown.get(field);
    const words = element("dd", wordsOf(input, value), input);
    return shown.size > 1 ? [element("dt", labelOf(input), input), words] : [words];
  });
}

function labelOf(input) {
  return input.closest("fieldset.field")?.querySelector("legend").textContent ?? input.labels[0].firstElementChild.textContent;
}

function wordsOf(input, value) {
  if (input.tagName !== "SELECT") return String(value);
  return [...input.options].find((option) => option.value === value)?.textContent.trim() ?? value;
}

function element(name, text, input) {
  const made = document.createElement(name);
  made.textContent = text;
  made.dir = "auto";
  if (name === "dd" && input.tagName === "TEXTAREA") made.className = "written";
  return made;
}
