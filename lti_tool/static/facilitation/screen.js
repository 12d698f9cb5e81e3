// Pages by keys, as a remote control sends them, and shows quietly what is written meanwhile.

import { renew, turned } from "./turning.js";

const PAUSE = 5_000;

document.addEventListener("keydown", (event) => {
  const link = turned(event, document);
  if (!link) return;
  event.preventDefault();
  link.click();
});

/** Look what is new; give whether it is worth looking again. */
async function look() {
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) return answer.status >= 500;
    renew(document, new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // the line may come back
  }
  return true;
}

async function watch() {
  if (document.hidden || (await look())) setTimeout(watch, PAUSE * (1 + Math.random() / 4));
}

setTimeout(watch, PAUSE);
