// Pages by keys, as a remote control sends them, and shows quietly what is written meanwhile.

const PAUSE = 5_000;
const ON = ["PageDown", " ", "Enter"];
const BACK = ["PageUp", "Backspace"];

function follow(rel) {
  document.querySelector(`#screen a[rel=${rel}]`)?.click();
}

function relOf(key) {
  const isTurned = document.documentElement.dir === "rtl";
  if (ON.includes(key) || key === (isTurned ? "ArrowLeft" : "ArrowRight")) return "next";
  if (BACK.includes(key) || key === (isTurned ? "ArrowRight" : "ArrowLeft")) return "prev";
  return null;
}

document.addEventListener("keydown", (event) => {
  const rel = relOf(event.key);
  const isOnSomething = event.target.closest("a, summary, button");
  if (!rel || isOnSomething || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  follow(rel);
});

async function look() {
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) return answer.status >= 500;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [here, news] = [document.querySelector("#screen"), page.querySelector("#screen")];
    if (news && news.innerHTML !== here.innerHTML && !here.contains(document.activeElement)) {
      here.innerHTML = news.innerHTML;
    }
  } catch {
    // the line may come back
  }
  return true;
}

async function watch() {
  if (document.hidden || (await look())) setTimeout(watch, PAUSE * (1 + Math.random() / 4));
}

setTimeout(watch, PAUSE);
