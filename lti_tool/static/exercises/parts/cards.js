// Draws the cards on their map again as they change; the list of cards says the same in words. A pin leads to its card.

import { onChanged } from "../changed.js";

const root = document.querySelector("#exercise");
const drawn = new Map();

// A page to read or to print has none.
if (root) onChanged(root, (part) => {
  const map = part.querySelector("[data-map]");
  if (map) draw(map, [...part.querySelectorAll("[data-note]:not(.is-deleted):not([hidden])")]);
});

/** What is drawn already stays as it is: somebody's focus may be on a pin, or their finger. */
function draw(map, cards) {
  const picture = JSON.stringify(cards.map(({ id, dataset }) => [id, dataset.values]));
  if (drawn.get(map) === picture) return;
  drawn.set(map, picture);
  map.querySelectorAll("[data-at] .pin").forEach((pin) => pin.remove());
  cards.forEach((card, index) => stick(map, card, JSON.parse(card.dataset.values), index + 1));
}

/** Give the field whose words name a card. */
const labelIn = (part) => part.querySelector("template[data-editor]").content.querySelector("[data-field]").dataset.field;

function stick(map, card, values, number) {
  const { x, y, marked, markedAs } = map.dataset;
  const field = map.querySelector(`[data-at="${values[x]}/${values[y]}"]`);
  if (!field) return;
  const pin = document.createElement("a");
  pin.className = "pin";
  pin.classList.toggle("is-marked", marked !== undefined && values[marked] === markedAs);
  pin.href = `#${card.id}`;
  const badge = document.createElement("b");
  badge.textContent = number;
  const name = document.createElement("bdi");
  name.textContent = values[labelIn(map.closest("[data-part]"))] ?? "";
  pin.append(badge, " ", name);
  field.append(pin);
}
