// Photos of the wall: sent without leaving the page, and shown as they come. Without this script the forms do the same.

import { shrunk } from "./shrinking.js";

const PATIENCE = 180_000;

class Photos {
  constructor(box) {
    this.box = box;
    this.root = box.closest("#exercise");
    this.says = box.querySelector("[data-photo-says]");
  }

  start() {
    this.box.addEventListener("submit", (event) => this.#submit(event));
    this.root.addEventListener("medtown:photos", () => this.#hear());
  }

  #submit(event) {
    const form = event.target.closest("[data-photo-form]");
    if (!form) return;
    event.preventDefault();
    if (!this.isSending) this.#send(form);
  }

  async #send(form) {
    this.isSending = true;
    const body = new FormData(form);
    const isJoining = body.has("photo");
    this.#say(isJoining ? this.box.dataset.sending : "");
    if (isJoining) body.set("photo", await shrunk(body.get("photo")), "photo");
    const answer = await ask(form.action, { method: "POST", body }).catch(() => null);
    if (answer && answer.ok) await this.#sent(form, isJoining);
    else await this.#refuse(answer);
    this.isSending = false;
  }

  async #sent(form, isJoining) {
    form.reset();
    await this.#refresh();
    this.#say(this.box.dataset.done);
    if (!isJoining) this.box.querySelector("summary").focus(); // what was pressed may be gone
  }

  async #refuse(answer) {
    const said = answer && (await answer.json().catch(() => null));
    this.#say((said && (said.problem || said.advice)) || this.box.dataset.failed, true);
  }

  /** Somebody else joined, described or removed one. */
  async #hear() {
    if (await this.#refresh()) this.#say(this.box.dataset.came);
  }

  /** Put the list of now in the place of the one that is shown; tell whether it is another one. */
  async #refresh() {
    const answer = await ask(this.box.dataset.photos, {}).catch(() => null);
    if (!answer || !answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const news = page.querySelector("[data-photo-list]");
    const list = this.box.querySelector("[data-photo-list]");
    if (!news || news.innerHTML === this.shown) return false;
    this.shown = news.innerHTML;
    this.#lay(list, [...news.children].map((item) => document.importNode(item, true)));
    if (list.children.length) this.box.open = true;
    return true;
  }

  /** A photo about which somebody is writing stays as it is, as long as it is there. */
  #lay(list, items) {
    const shown = items.map((item) => this.#busy(list.querySelector(`[data-photo="${item.dataset.photo}"]`)) || item);
    [...list.children].forEach((item) => shown.includes(item) || item.remove());
    shown.forEach((item) => list.append(item));
  }

  #busy(item) {
    return !this.isSending && item && item.querySelector("details[open]") && item;
  }

  #say(text, isProblem = false) {
    this.says.textContent = text;
    this.says.className = isProblem ? "problem" : "";
  }
}

async function ask(address, request) {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), PATIENCE);
  try {
    return await fetch(address, { ...request, headers: { Accept: "application/json" }, signal: deadline.signal });
  } finally {
    clearTimeout(timer);
  }
}

const box = document.querySelector("#exercise [data-photos]");
if (box && "createImageBitmap" in window && "fetch" in window) new Photos(box).start();
