// Shows the other text of a note that was changed elsewhere, and lets the person take one or put both together.

import { isText } from "./fields.js";
import { describe } from "./rendering.js";
import { signature } from "./values.js";
import { piece } from "./words.js";

/** Make the choice for a note; `decided` is called when the person has chosen. */
export function conflictBox(canvas, note, decided) {
  const { theirs } = note;
  const box = piece("conflict");
  const [isGoneThere, isGoneHere] = [signature(theirs.values) === "[]", note.isBlank];
  leaveOut(box, isGoneThere ? "changed" : "deleted");
  leaveOut(box, isGoneHere ? "mine" : "gone");
  if (isGoneThere || isGoneHere) box.querySelector("[data-do=join]").remove();
  const fields = canvas.fieldsOf(note);
  const shown = { ...theirs, language: note.language };
  if (!isGoneThere) box.querySelector("[data-theirs]").append(...describe(shown, fields));
  box.addEventListener("click", (event) => {
    const choose = CHOICES[event.target.dataset.do];
    if (choose) decided(take(note, choose(note.values, theirs.values, fields)));
  });
  return box;
}

const leaveOut = (box, name) => box.querySelectorAll(`[data-if=${name}]`).forEach((line) => line.remove());

/** The choice grows from what is saved; what was the person's own until now is given back. */
function take(note, values) {
  const { theirs, values: mine } = note;
  Object.assign(note, { values, theirs: null, version: theirs.version, saved: signature(theirs.values) });
  return mine;
}

const CHOICES = {
  take: (_mine, theirs) => theirs,
  keep: (mine) => mine,
  join,
};

/** Put both texts of each text field one below the other; of two choices, the person's own stays. */
function join(mine, theirs, fields) {
  const joined = { ...theirs, ...mine };
  for (const { dataset } of fields.filter(isText)) {
    const texts = [theirs[dataset.field], mine[dataset.field]].filter(Boolean);
    if (texts.length) joined[dataset.field] = [...new Set(texts)].join("\n\n");
  }
  return joined;
}
