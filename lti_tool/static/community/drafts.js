// Keeps what is being written in this browser until the server has it. A text is known to have arrived when a page
// shows the post or reply that it became.

import { Keeper } from "../keeping.js";
import { signature } from "../exercises/values.js";

const UNKEPT = new Set(["csrf", "id", "version", "asked", "of"]);
const UNTYPED = new Set(["file", "submit", "button", "fieldset"]);
const WORDS = "textarea, input[type=text]";
const isTicked = (field) => field.type === "checkbox" || field.type === "radio";

/** What is in a form; `id` is its place among what this person keeps: a new post, a reply to one, a change. */
class Draft {
  sent = false;

  constructor(form) {
    this.form = form;
    this.id = form.dataset.draft;
  }

  get values() {
    return this.#read((field) => (isTicked(field) ? field.checked && field.value : field.value));
  }

  get signature() {
    return signature(this.values);
  }

  /** What the server put into the form, even where the person began to type before this script was there. */
  get shown() {
    return signature(this.#read(shownIn));
  }

  /** Give each field's value, or several where it is ticked. */
  #read(valueOf) {
    const values = {};
    for (const field of this.fields) {
      const value = valueOf(field);
      if (!isTicked(field)) values[field.name] = value;
      else if (value) (values[field.name] ??= []).push(value);
      else values[field.name] ??= [];
    }
    return values;
  }

  get fields() {
    const isKept = ({ name, type }) => name && !UNKEPT.has(name) && !UNTYPED.has(type);
    return [...this.form.elements].filter(isKept);
  }

  get isBlank() {
    return this.fields.every((field) => !field.matches(WORDS) || !field.value.trim());
  }

  get draft() {
    const { id, version } = this.form.elements;
    const piece = id?.value ?? this.id.split("/")[1];
    return { piece, version: Number(version.value), sent: this.sent, values: this.values };
  }

  bringBack({ piece, version, values }) {
    const { elements } = this.form;
    if ("quote" in this.form.dataset) values = { ...values, text: this.#withQuote(values.text) };
    for (const field of this.fields.filter(({ name }) => name in values)) {
      const value = values[field.name];
      if (isTicked(field)) field.checked = [value].flat().includes(field.value);
      else field.value = value;
    }
    if (elements.id) elements.id.value = piece; // sending the same twice makes one
    elements.version.value = version;
    this.form.querySelector("[data-found]").hidden = false;
    this.form.dispatchEvent(new Event("change"));
    const folded = this.form.closest("details");
    if (folded) folded.open = true;
  }

  /** Puts the quote that was asked for behind what was written before, once. */
  #withQuote(written) {
    const quote = this.form.elements.text.defaultValue;
    return written.includes(quote.trim()) ? written : `${written.trimEnd()}\n\n${quote}`;
  }
}

function shownIn(field) {
  if (isTicked(field)) return field.defaultChecked && field.value;
  if (!field.options) return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0]).value;
}

const keeper = new Keeper(document.querySelector("[data-keep]").dataset.keep);

forgetWhatArrived();
for (const form of document.querySelectorAll("form[data-draft]")) follow(form, new Draft(form));

function forgetWhatArrived() {
  for (const [slot, kept] of keeper.all()) {
    const piece = document.querySelector(`[data-piece="${CSS.escape(kept.piece)}"]`);
    if (kept.sent && piece && Number(piece.dataset.version) > kept.version) keeper.forget({ id: slot });
  }
}

function keptFor(...ids) {
  return keeper.all().find(([slot]) => ids.includes(slot));
}

function follow(form, draft) {
  const isTyped = "typed" in form.dataset; // what the server did not take: newer than anything that is kept
  const saved = isTyped ? null : draft.shown;
  const [slot, kept] = keptFor(draft.id) ?? keptFor(...(form.dataset.also ?? "").split(" ")) ?? [];
  if (kept && draft.signature === saved && signature(kept.values) !== saved) {
    draft.bringBack(kept);
    if (slot !== draft.id) keeper.forget({ id: slot }); // from here on it is kept in this place
  }
  const keep = () => (draft.isBlank || draft.signature === saved ? keeper.forget(draft) : keeper.keep(draft));
  keep();
  form.addEventListener("input", keep);
  form.addEventListener("submit", () => {
    draft.sent = true;
    keep();
  });
}
