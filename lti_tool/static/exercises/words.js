// What the page says, and the pieces that the server put into it as templates.

/** Read the sentences of the page. */
export function wordsOf(root) {
  return JSON.parse(root.querySelector("script[data-words]").textContent);
}

/** Put values where a sentence names them in braces. */
export function told(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Copy a piece of the page. */
export function piece(name) {
  return copyOf(document.querySelector(`template[data-template=${name}]`));
}

/** Copy what a template holds. */
export function copyOf(template) {
  return template.content.firstElementChild.cloneNode(true);
}

/** Make an element of the page. */
export function element(name, style = "", ...content) {
  const made = document.createElement(name);
  if (style) made.className = style;
  made.append(...content);
  return made;
}
