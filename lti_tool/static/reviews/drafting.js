// Keeps what a trainer writes while they write it. What another trainer kept meanwhile is never overwritten: from then
// on only the button sends the form, and the server shows both.

import { Keeper } from "../keeping.js";
import { TypedForm } from "../typed/form.js";

class Drafting {
  #pressed = null;
  #isWaiting = false;
  #mayGo = false;

  constructor(form) {
    const { id, draft: address, keep } = form.dataset;
    this.form = form;
    this.news = form.querySelector("[data-news]");
    const on = {
      isBack: () => this.#showBack(),
      arrived: ({ news }) => this.#tell(news),
      refused: ({ says, title, advice }) => this.#tell(says ?? [title, advice].filter(Boolean).join(" ")),
    };
    this.typed = new TypedForm(form, { id, keeper: new Keeper(keep), address, on });
    document.addEventListener("click", ({ target }) => this.#note(target.closest("button")));
    form.addEventListener("submit", (event) => this.#submit(event));
  }

  #note(button) {
    if (button?.form === this.form) this.#pressed = button;
  }

  /** Let the draft arrive first: whatever becomes of the press, the server has the text, or this browser. */
  async #submit(event) {
    if (this.#mayGo || !this.typed.isDue) return;
    event.preventDefault();
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#mayGo = await this.typed.send();
    if (this.#mayGo) this.#pressed.click();
    this.#isWaiting = this.#mayGo = false;
  }

  #showBack() {
    this.form.querySelector("[data-found]").hidden = false;
    for (const { value, parentElement } of this.form.elements) {
      if (value && parentElement.matches(".commenting")) parentElement.open = true;
    }
  }

  #tell(text) {
    this.news.hidden = !text;
    if (this.news.textContent !== text) this.news.textContent = text;
  }
}

/** Whoever writes at a note sees there too whether it is kept. */
function followFocus(main) {
  const mark = (isIn) => main.classList.toggle("is-commenting", isIn);
  main.addEventListener("focusin", ({ target }) => mark(target.closest(".commenting textarea") !== null));
  main.addEventListener("focusout", () => mark(false));
}

const form = document.querySelector("[data-draft]");
if (form) {
  const { typed } = new Drafting(form);
  document.querySelector("a[data-leave]")?.addEventListener("click", () => typed.leave());
  document.querySelector("form[data-leave]")?.addEventListener("submit", () => typed.leave());
  followFocus(document.querySelector("main"));
  form.classList.add("is-scripted");
}
