// Asks how far a file is, less often as time goes by and not while nobody looks, and shows the page again once it is over.

const place = document.querySelector("[data-waiting]");
const SOONEST = 1500;
const LATEST = 15000;
let pause = SOONEST;

async function look() {
  if (!document.hidden) {
    try {
      await ask();
    } catch {
      // There is no connection: it is asked again.
    }
    pause = Math.min(LATEST, pause * 1.2);
  }
  setTimeout(look, pause);
}

async function ask() {
  const answer = await fetch(place.dataset.waiting, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    location.reload();
    return;
  }
  const told = await answer.json();
  if (told.isOver) location.reload();
  show(told);
}

function show({ says, value, max }) {
  const words = place.querySelector("[data-says]");
  const bar = place.querySelector("progress");
  if (words.textContent !== says) words.textContent = says;
  bar.max = max;
  bar.value = value;
}

setTimeout(look, pause);
