// On a phone a part shows one row at a time, under an overview of the whole. The style sheet decides where that is so;
// here is only which row is the current one, and how many notes stand where.

import { onChanged } from "./changed.js";

export class Rows {
  constructor(root) {
    this.root = root;
    this.overviews = [...root.querySelectorAll("nav[data-rows]")];
    this.overviews.forEach((overview) => this.#follow(overview));
    onChanged(root, count);
  }

  #follow(overview) {
    const links = [...overview.querySelectorAll("a")];
    overview.closest("[data-part]").classList.add("is-by-row");
    this.#choose(links[0]);
    overview.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link) return;
      event.preventDefault();
      this.#choose(link);
      rowOf(link).querySelector("[tabindex='-1']")?.focus();
    });
  }

  #choose(chosen) {
    for (const link of chosen.closest("nav").querySelectorAll("a")) {
      rowOf(link).classList.toggle("is-current", link === chosen);
      if (link === chosen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  /** Make the row current in which something stands that is to be shown. */
  reveal(inside) {
    for (const overview of this.overviews) {
      const link = [...overview.querySelectorAll("a")].find((one) => rowOf(one).contains(inside));
      if (link) this.#choose(link);
    }
  }
}

const rowOf = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));

/** Count the notes of each cell in the overview. */
function count(part) {
  for (const tally of part.querySelectorAll("[data-tally]")) {
    const cell = part.querySelector(`[data-cell="${CSS.escape(tally.dataset.tally)}"]`);
    tally.textContent = cell.querySelectorAll("[data-note]:not(.is-deleted):not([hidden])").length || "";
  }
}
