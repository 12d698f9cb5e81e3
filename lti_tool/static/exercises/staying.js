// What others change moves nothing under the reader's eyes and hands.

/** Change a note, and give the focus back to it where it had it. */
export function keepingFocus({ element }, work) {
  const hadFocus = element.contains(document.activeElement);
  work();
  if (!hadFocus || element.contains(document.activeElement)) return;
  const left = element.hidden ? null : element.querySelector("[data-open]");
  (left ?? element.closest("[data-cell]").querySelector("[data-add]")).focus({ preventScroll: true });
}

/** Change the page, and let what is before the reader stay where it is; most browsers do so by themselves. */
export function inPlace(work) {
  const seen = CSS.supports("overflow-anchor", "auto") ? null : anchor();
  const before = seen && seen.getBoundingClientRect().top;
  work();
  if (seen && seen.isConnected) window.scrollBy(0, seen.getBoundingClientRect().top - before);
}

/** Find what the reader looks at: where they write, else a cell in the middle of the window. */
function anchor() {
  const { activeElement } = document;
  if (activeElement && activeElement.closest("[data-cell]")) return activeElement;
  return document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2)?.closest("[data-cell]");
}
