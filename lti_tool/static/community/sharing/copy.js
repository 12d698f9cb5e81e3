// Copies a post's text for a group. Without this script the text can be selected and copied by hand.

for (const box of document.querySelectorAll("[data-copying]")) {
  const button = box.querySelector("[data-copy]");
  button.hidden = false;
  button.addEventListener("click", () => copy(box));
}

/** In a frame the clipboard may be denied: then the text is selected, to be copied by hand. */
async function copy(box) {
  const area = box.querySelector("textarea");
  const told = box.querySelector("[data-copied]");
  area.focus();
  area.select();
  const isCopied = document.execCommand("copy") || (await written(area.value));
  told.textContent = isCopied ? told.dataset.words : "";
}

async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
