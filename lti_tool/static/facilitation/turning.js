// Which way a key turns the pages of the presenter's view: keyboards and remote controls send several.

const ON = ["PageDown", " ", "Enter"];
const BACK = ["PageUp", "Backspace"];

/** Give the link that a key press follows, if it is one for turning pages and not for what has the focus. */
export function turned(event, page) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("a, summary, button")) return null;
  const rel = relOf(event.key, page.documentElement.dir === "rtl");
  return rel && page.querySelector(`#screen a[rel=${rel}]`);
}

function relOf(key, isFromTheRight) {
  if (ON.includes(key) || key === (isFromTheRight ? "ArrowLeft" : "ArrowRight")) return "next";
  if (BACK.includes(key) || key === (isFromTheRight ? "ArrowRight" : "ArrowLeft")) return "prev";
  return null;
}

/** Put in what is new, unless somebody is about to press something there. */
export function renew(page, news) {
  const [here, fresh] = [page.querySelector("#screen"), news.querySelector("#screen")];
  if (!fresh || fresh.innerHTML === here.innerHTML || here.contains(page.activeElement)) return;
  here.innerHTML = fresh.innerHTML;
}
