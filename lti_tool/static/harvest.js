// Copies what came out: marked and copied by the browser, it is lists in a document and plain text elsewhere.

const button = document.querySelector("[data-copy]");
const status = document.querySelector("[data-copied]");
const plain = document.querySelector("[data-plain]");

function copy() {
  const selection = getSelection();
  selection.selectAllChildren(document.querySelector("[data-harvest]"));
  const isCopied = document.execCommand("copy");
  selection.removeAllRanges();
  if (!isCopied) showPlain();
  status.textContent = isCopied ? status.dataset.copied : status.dataset.failed;
}

function showPlain() {
  plain.open = true;
  plain.querySelector("textarea").select();
}

if (button) {
  button.hidden = false;
  button.addEventListener("click", copy);
}
