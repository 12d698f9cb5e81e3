// Follows the list of what to look at before handing in: the server counts, some time after something was saved.

const PAUSE = 600;

export class Ready {
  #timer = null;
  #asked = 0;

  constructor(root, service) {
    Object.assign(this, { root, service });
  }

  /** Ask soon; several saves in a row ask once. */
  ask() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    const number = (this.#asked += 1);
    try {
      const { status, answer } = await this.service.ready();
      if (status === 200 && number === this.#asked) this.#show(answer);
    } catch {
      // the next save asks again
    }
  }

  #show({ met, questions, ready }) {
    for (const check of this.root.querySelectorAll("[data-check]")) {
      check.classList.toggle("is-met", met.includes(check.dataset.check));
    }
    for (const question of this.root.querySelectorAll("[data-question]")) {
      question.hidden = !questions.includes(question.dataset.question);
    }
    this.root.querySelector("[data-ready]").textContent = ready;
  }
}
