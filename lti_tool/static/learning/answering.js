// Keeps what a reader answers for themselves as they write it; until the server has it, it stays in this browser.
// Where somebody wrote something else on another page, the form is sent as it is without a script, and shows both.

import { Keeper } from "../keeping.js";
import { TypedForm } from "../typed/form.js";

const keeper = new Keeper(document.querySelector("[data-keep]").dataset.keep);

for (const form of document.querySelectorAll("form[data-question]")) {
  const on = { refused: () => form.submit() };
  const answer = new TypedForm(form, { id: form.dataset.question, keeper, address: form.action, on });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer.send();
  });
}
