// Stays in Moodle's frame while the activity is open in a tab of its own, and gives Moodle what is chosen there: Moodle
// takes it nowhere but in this frame.

import { receive } from "./passing.js";

const offer = document.querySelector("form[target=_blank]");
const waiting = document.querySelector("[data-waiting]");
const answer = document.querySelector("form[data-platform]");

offer.addEventListener("submit", () => {
  document.querySelector("[data-offer]").hidden = true; // Moodle answers one login, so a second press would fail
  waiting.hidden = false;
  waiting.focus();
});

receive(answer.dataset.platform.split(" "), ({ action, token }) => {
  answer.action = action;
  answer.elements.JWT.value = token;
  answer.submit();
});
