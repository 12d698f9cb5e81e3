// Puts a sentence of one's own where one was writing, without sending anything. Without this script the button sends
// the form, and the page comes back with the sentence in it.

const BOXES = "textarea:not([readonly])";

for (const bank of document.querySelectorAll("[data-sentences]")) serve(bank);

function serve(bank) {
  const form = bank.closest("form");
  let box = form.elements[bank.dataset.sentences];
  box.setSelectionRange(box.value.length, box.value.length);
  document.addEventListener("focusin", ({ target }) => {
    if (target.form === form && target.matches(BOXES)) box = target;
  });
  bank.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add]");
    if (!button) return;
    event.preventDefault();
    insert(box, button.closest("li").querySelector("[data-text]").textContent);
    bank.querySelector("[data-said]").textContent = bank.dataset.added;
  });
}

/** Put a sentence where the cursor is, a space away from its neighbours; whatever keeps drafts hears of it. */
function insert(box, sentence) {
  const before = box.value.slice(0, box.selectionStart);
  const after = box.value.slice(box.selectionEnd);
  const text = `${/\S$/.test(before) ? " " : ""}${sentence}${/^\S/.test(after) ? " " : ""}`;
  box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
