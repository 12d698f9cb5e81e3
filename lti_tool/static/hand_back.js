// Gives the signed choice to the platform without another press. From a tab that our page in Moodle's frame opened it
// goes to that page, since Moodle takes it nowhere else. Without JavaScript there is a button.

import { Choice } from "./choice.js";
import { pass } from "./passing.js";

const PATIENCE = 5_000; // milliseconds

const form = document.querySelector("[data-submit-at-once]");
const choice = new Choice(form.dataset.keep);

if ("awaited" in form.dataset) passOn();
else give();

function give() {
  choice.forget();
  form.submit();
}

function passOn() {
  form.querySelector("button").hidden = true;
  if (!window.opener || window.opener.closed) return sayItIsLost();
  const patience = setTimeout(sayItIsLost, PATIENCE);
  pass({ action: form.action, token: form.elements.JWT.value }, () => {
    clearTimeout(patience);
    choice.forget();
    say("taken");
    window.close();
  });
}

function sayItIsLost() {
  say("lost");
  document.querySelector("[data-kept]").hidden = choice.activities.length === 0;
}

function say(outcome) {
  form.hidden = true;
  for (const said of document.querySelectorAll("[data-outcome]")) said.hidden = said.dataset.outcome !== outcome;
}
