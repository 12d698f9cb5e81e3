// Says that a trainer answered since the page was shown; no editor is closed, and nothing is loaded before a press.

/** `number`: how many answers there are by now, where a poll says it; `say`: how the page says something once. */
export function hearAnswer(root, number, say) {
  const line = root.querySelector("[data-answered]");
  if (!line?.hidden || !(number > Number(line.dataset.answered))) return;
  line.hidden = false;
  say(line.textContent);
}
