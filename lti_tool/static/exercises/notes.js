// A note in the page: what it is, from its hidden line; what is written in it; and whether the server has that.

const FIELDS = "textarea, select, input[type=radio]";

/** Write values so that two ways of writing the same are equal: trimmed, in order, without empty ones. */
export function signature(values) {
  const given = Object.entries(values).map(([field, value]) => [field, String(value).trim()]);
  return JSON.stringify(given.filter(([, value]) => value).sort());
}

/** What stands in a field now. */
function typed(input) {
  return input.type !== "radio" || input.checked ? input.value : "";
}

/** What the server wrote into a field: over a slow line somebody may have typed before this script came. */
function written(input) {
  if (input.type === "radio") return input.defaultChecked ? input.value : "";
  if (input.type !== "select-one") return input.defaultValue;
  return ([...input.options].find((option) => option.defaultSelected) ?? input.options[0])?.value ?? "";
}

export class Note {
  /** Text that waits for its turn to be sent. */
  due = false;
  /** Somebody changed it elsewhere, and the person hasn't chosen yet. */
  conflict = false;
  /** What the server refused; it isn't sent again until it is changed. */
  refused = null;

  constructor(element) {
    this.element = element;
    this.line = element.querySelector("input[name=note]");
    const [id, part, cell, version, language] = this.line.value.split(" ");
    Object.assign(this, { id, part, cell, language });
    this.setVersion(Number(version));
    this.saved = "unsaved" in element.dataset ? null : signature(this.#read(written));
  }

  setVersion(version) {
    this.version = version;
    this.line.value = [this.id, this.part, this.cell, version, this.language].join(" ");
  }

  get inputs() {
    return [...this.element.querySelectorAll(FIELDS)];
  }

  get values() {
    return this.#read(typed);
  }

  #read(what) {
    const values = {};
    for (const input of this.inputs) {
      const value = what(input).trim();
      if (value) values[this.fieldOf(input)] = value;
    }
    return values;
  }

  set values(values) {
    for (const input of this.inputs) {
      const value = String(values[this.fieldOf(input)] ?? "");
      if (input.type === "radio") input.checked = input.value === value;
      else input.value = value;
    }
  }

  fieldOf(input) {
    return input.name.slice(this.id.length + 1);
  }

  get signature() {
    return signature(this.values);
  }

  get isDirty() {
    return this.signature !== this.saved;
  }

  get isBlank() {
    return this.signature === "[]";
  }

  /** What is sent, and what is kept in the browser until it arrived. */
  get draft() {
    return { part: this.part, cell: this.cell, values: this.values, version: this.version, language: this.language };
  }

  get messages() {
    return this.element.querySelectorAll(":scope > .problem, :scope > .conflict");
  }

  clearMessages() {
    this.messages.forEach((message) => message.remove());
  }

  showProblems(problems) {
    this.clearMessages();
    for (const problem of problems) {
      const line = document.createElement("p");
      line.className = "problem";
      line.textContent = problem;
      this.line.after(line);
    }
  }
}
