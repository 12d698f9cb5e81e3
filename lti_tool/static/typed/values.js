// What people type or choose in a form, by the names of its fields.

const UNTYPED = ["hidden", "submit", "button", "fieldset", "output", "object"];

const isMark = ({ type }) => type === "radio" || type === "checkbox";

/** What stands in a field now. */
export const typed = (field) => (!isMark(field) || field.checked) && field.value;

/** What the server put there. */
export function shown(field) {
  if (isMark(field)) return field.defaultChecked && field.value;
  const { options } = field;
  return options ? ([...options].find((option) => option.defaultSelected) ?? options[0])?.value : field.defaultValue;
}

/** Read a form; what is empty is left out. */
export function valuesOf(form, read) {
  const values = fieldsOf(form).map((field) => [field.name, read(field)]);
  return Object.fromEntries(values.filter(([, value]) => value));
}

/** Put values back. One whose field is gone is sent all the same: the server shows where it was. */
export function putBack(form, values) {
  for (const field of fieldsOf(form)) {
    const value = values[field.name] ?? "";
    if (isMark(field)) field.checked = field.value === value;
    else field.value = value;
  }
  const gone = Object.entries(values).filter(([name]) => !form.elements.namedItem(name));
  for (const [name, value] of gone) {
    form.append(Object.assign(document.createElement("textarea"), { name, value, hidden: true }));
  }
}

function fieldsOf(form) {
  return [...form.elements].filter(({ name, type }) => name && !UNTYPED.includes(type));
}
