// Draws the cards on their map again as they change; the list of cards says the same in words.

/** Draw every map of the page from what is written in its cards. */
export function drawMaps(form, cells) {
  for (const map of form.querySelectorAll("table[data-map]")) {
    const shown = [...map.closest(".part").querySelectorAll(".cards [data-note]:not(.is-deleted)")];
    const cards = shown.filter((card) => !card.closest("details.add:not(.is-begun)"));
    map.querySelectorAll(".pin").forEach((pin) => pin.remove());
    cards.forEach((card, index) => place(map, cells.of(card).values, index + 1));
  }
}

function place(map, values, number) {
  const { x, y, label } = map.dataset;
  if (!values[x] || !values[y]) return;
  const pin = document.createElement("span");
  pin.className = "pin";
  const badge = document.createElement("b");
  badge.textContent = number;
  const name = document.createElement("span");
  name.dir = "auto";
  name.textContent = values[label] ?? "";
  pin.append(badge, " ", name);
  map.querySelector(`[data-at="${values[x]}/${values[y]}"]`)?.append(pin);
}
