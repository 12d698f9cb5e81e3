// Keeps what is being written in this browser until the server has it. A text is known to have arrived when a page
// shows the post or reply that it became.

import { Keeper } from "../keeping.js";
import { signature } from "../exercises/values.js";

const FIELDS = ["kind", "title", "text", "language"];
const WORDS = ["title", "text"];

/** What is in the form; `id` is its place among what this person keeps: a new post, a reply to one, or a change. */
class Draft {
  sent = false;

  constructor(form) {
    this.form = form;
    this.id = form.dataset.draft;
  }

  get values() {
    const fields = FIELDS.map((name) => [name, this.form.elements.namedItem(name)]);
    return Object.fromEntries(fields.filter(([, field]) => field).map(([name, field]) => [name, field.value]));
  }

  get signature() {
    return signature(this.values);
  }

  /** What the server put into the form, even where the person began to type before this script was there. */
  get shown() {
    return signature(Object.fromEntries(Object.keys(this.values).map((name) => [name, this.#shownIn(name)])));
  }

  #shownIn(name) {
    const field = this.form.elements.namedItem(name);
    if (field instanceof RadioNodeList) return [...field].find((option) => option.defaultChecked)?.value ?? "";
    if (field.options) return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0]).value;
    return field.defaultValue;
  }

  get isBlank() {
    return WORDS.every((name) => !this.values[name]?.trim());
  }

  get draft() {
    const { id, version } = this.form.elements;
    const piece = id?.value ?? this.id.split("/")[1];
    return { piece, version: Number(version.value), sent: this.sent, values: this.values };
  }

  bringBack({ piece, version, values }) {
    const { elements } = this.form;
    if ("quote" in this.form.dataset) values = { ...values, text: this.#withQuote(values.text) };
    for (const [name, value] of Object.entries(values)) elements.namedItem(name).value = value;
    if (elements.id) elements.id.value = piece; // sending the same twice makes one
    elements.version.value = version;
    this.form.querySelector("[data-found]").hidden = false;
  }

  /** Puts the quote that was asked for behind what was written before, once. */
  #withQuote(written) {
    const quote = this.form.elements.text.defaultValue;
    return written.includes(quote.trim()) ? written : `${written.trimEnd()}\n\n${quote}`;
  }
}

const keeper = new Keeper(document.querySelector("[data-keep]").dataset.keep);
const form = document.querySelector("form[data-draft]");

forgetWhatArrived();
if (form) follow(new Draft(form));

function forgetWhatArrived() {
  for (const [slot, kept] of keeper.all()) {
    const piece = document.querySelector(`[data-piece="${CSS.escape(kept.piece)}"]`);
    if (kept.sent && piece && Number(piece.dataset.version) > kept.version) keeper.forget({ id: slot });
  }
}

function follow(draft) {
  const isTyped = "typed" in form.dataset; // what the server did not take: newer than anything that is kept
  const saved = isTyped ? null : draft.shown;
  const [, kept] = keeper.all().find(([slot]) => slot === draft.id) ?? [];
  if (kept && draft.signature === saved && signature(kept.values) !== saved) draft.bringBack(kept);
  const keep = () => (draft.isBlank || draft.signature === saved ? keeper.forget(draft) : keeper.keep(draft));
  keep();
  form.addEventListener("input", keep);
  form.addEventListener("submit", () => {
    draft.sent = true;
    keep();
  });
}
