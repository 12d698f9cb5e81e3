// Shows both texts of a note that was changed elsewhere, and lets the person take one or put both together.

import { signature } from "./notes.js";

/** Show the choice in the note; `decided` is called when the person has chosen. */
export function showConflict(note, theirs, decided) {
  note.clearMessages();
  const box = document.querySelector("template[data-template=conflict]").content.firstElementChild.cloneNode(true);
  const isDeleted = !Object.keys(theirs.values).length;
  box.querySelector(`[data-if=${isDeleted ? "changed" : "deleted"}]`).remove();
  box.querySelector("dl").replaceWith(describe(note, theirs.values));
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

/** Put values in words: an answer as it is, a note's fields with the labels that they have in the page. */
function describe(note, values) {
  const inputs = new Map(note.inputs.map((input) => [note.fieldOf(input), input]));
  const given = Object.entries(values).filter(([field]) => inputs.has(field));
  const isAnswer = inputs.size === 1;
  const shown = element(isAnswer ? "div" : "dl", "values");
  for (const [field, value] of given) {
    const input = inputs.get(field);
    if (!isAnswer) shown.append(element("dt", "", labelOf(input)));
    const style = input.tagName === "TEXTAREA" ? "written" : "";
    shown.append(element(isAnswer ? "p" : "dd", style, wordsOf(input, value)));
  }
  return shown;
}

function labelOf(input) {
  return input.closest("fieldset.field")?.querySelector("legend").textContent ?? input.labels[0].firstElementChild.textContent;
}

function wordsOf(input, value) {
  if (input.tagName !== "SELECT") return String(value);
  return [...input.options].find((option) => option.value === value)?.textContent.trim() ?? value;
}

function element(name, style, text = "") {
  const made = document.createElement(name);
  made.className = style;
  if (text) Object.assign(made, { textContent: text, dir: "auto" });
  return made;
}
