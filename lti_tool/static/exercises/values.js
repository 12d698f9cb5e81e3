// Values of a note: words, an option's id, a number, or a list of options.

const written = (value) => (Array.isArray(value) ? value.join("\n") : String(value)).trim();

/** Write values so that two ways of writing the same are equal: trimmed, in order, without empty ones. */
export function signature(values) {
  const given = Object.entries(values).map(([field, value]) => [field, written(value)]);
  return JSON.stringify(given.filter(([, value]) => value).sort());
}

/** Leave out what was left open. */
export function given(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => written(value)));
}
