// What stands around the notes: answers beside the common ones, and what was handed in. The server writes it again as
// soon as a poll says that it has changed.

export class Surroundings {
  #shown;
  #isAsking = false;

  /** `on`: what the page does to say something once, to be told again where nothing came, and without a place for it. */
  constructor(root, service, on) {
    Object.assign(this, { root, service, on });
    this.#shown = root.dataset.around;
  }

  /** Take note of which state there is by now. */
  async hear(mark) {
    if (mark === undefined || mark === this.#shown || this.#isAsking) return;
    this.#isAsking = true;
    const { status, answer } = await this.service.around().catch(() => ({ status: 0 }));
    this.#isAsking = false;
    if (status !== 200) return this.on.missed();
    this.#shown = answer.mark;
    this.#show(answer.pieces);
  }

  #show(html) {
    const pieces = document.createElement("template");
    pieces.innerHTML = html;
    const news = [...this.root.querySelectorAll("[data-cell]")].map((cell) => this.#beside(cell, pieces.content));
    news.push(this.#handedIn(pieces.content.querySelector("#submission")));
    const said = news.filter(Boolean).map((text) => text.trim().replace(/\s+/g, " "));
    if (said.length) this.on.said(said.join(" "));
  }

  /** Put what is beside a cell's notes there, where it isn't the same; what somebody folded stays folded. */
  #beside(cell, pieces) {
    const { part } = cell.closest("[data-part]").dataset;
    const at = `[data-of="${CSS.escape(part)}"][data-at="${CSS.escape(cell.dataset.cell)}"]`;
    const fresh = [...pieces.querySelectorAll(`${at} > .brought`)];
    const old = [...cell.querySelectorAll(".brought")];
    if (textOf(old) === textOf(fresh)) return "";
    fresh.forEach((box) => (box.open = old.find(isLike(box))?.open ?? true));
    old.forEach((box) => box.remove());
    cell.querySelector(".notes").before(...fresh);
    return fresh.map((box) => box.querySelector("summary").textContent).join(" ");
  }

  #handedIn(fresh) {
    const old = this.root.querySelector("#submission");
    if (!fresh || old?.textContent === fresh.textContent) return "";
    if (old) old.replaceWith(fresh);
    else this.on.homeless?.();
    return fresh.querySelector("p").textContent;
  }
}

const textOf = (boxes) => boxes.map((box) => box.textContent).join();
const isLike = (box) => (other) => other.dataset.brought === box.dataset.brought;
