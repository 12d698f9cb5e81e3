// Reads and writes the fields of an editor, and knows how each of their values looks on a note. It doesn't ask which
// kind a field is: what holds several answers says so by `data-many`, what offers some has them as options.

import { given } from "./values.js";

const CONTROLS = "textarea, select, input";

export const fieldsOf = (editor) => [...editor.querySelectorAll("[data-field]")];
export const controlsOf = (field) => [...field.querySelectorAll(CONTROLS)];
export const labelOf = (field) => field.querySelector("label, legend");

const isTicked = (control) => control.type === "radio" || control.type === "checkbox";

/** Read what stands in an editor. */
export function read(editor) {
  return given(Object.fromEntries(fieldsOf(editor).map((field) => [field.dataset.field, valueOf(field)])));
}

function valueOf(field) {
  const controls = controlsOf(field);
  const ticked = controls.filter((control) => control.checked).map((control) => control.value);
  if ("many" in field.dataset) return ticked;
  return isTicked(controls[0]) ? (ticked[0] ?? "") : controls[0].value.trim();
}

/** Put values into an editor. */
export function write(editor, values) {
  for (const field of fieldsOf(editor)) {
    const value = values[field.dataset.field] ?? "";
    const chosen = [].concat(value).map(String);
    for (const control of controlsOf(field)) {
      if (isTicked(control)) control.checked = chosen.includes(control.value);
      else control.value = String(value);
    }
  }
}

/** Whether a field's value is the person's own words, and not one of those that it offers. */
export function isText(field) {
  return field.querySelector("textarea") !== null;
}

/** Give what a note shows of a field's value: for each answer its id and its short mark. */
export function marks(field, value) {
  return [].concat(value).map((one) => ({ value: String(one), text: markOf(field, String(one)) }));
}

function markOf(field, value) {
  const answers = controlsOf(field).flatMap((control) => (control.options ? [...control.options] : [control]));
  const answer = answers.find((one) => one.value === value);
  return answer?.dataset.mark ?? answer?.text ?? field.dataset.mark?.replace("{value}", value) ?? value;
}
