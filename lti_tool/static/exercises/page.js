// The exercise page: notes to read, and one editor that opens in a note's place. It saves itself. Without this script,
// and in a browser that lacks what it needs, the page's links and forms do the same.

import { Canvas } from "./canvas.js";
import { Copying } from "./copying.js";
import { Dragging } from "./dragging.js";
import { Earlier } from "./earlier.js";
import { Editor } from "./editor.js";
import { HandingIn } from "./handing_in.js";
import { newTab } from "./ids.js";
import { Keeper } from "../keeping.js";
import { Opening } from "./opening.js";
import { Quick } from "./quick.js";
import { Ready } from "./ready.js";
import { Rows } from "./rows.js";
import { Saver } from "./saving.js";
import { Service } from "./service.js";
import { Stacks } from "./stacks.js";
import { Telling } from "./telling.js";
import { Together } from "./together.js";
import { Unsent } from "./unsent.js";
import { wordsOf } from "./words.js";
import { Writing } from "./writing.js";

const NEEDED = ["fetch", "AbortController", "crypto", "CustomEvent"];

class Page {
  constructor(root) {
    this.root = root;
    this.words = wordsOf(root);
    this.canvas = new Canvas(root);
    this.stacks = new Stacks(this.canvas);
    this.telling = new Telling(root, this.words);
    this.service = new Service(root.dataset);
    this.ready = new Ready(root, this.service);
    this.keeper = new Keeper(root.dataset.keep, newTab());
    this.writing = new Writing(this);
    this.saver = new Saver({ ...this, notes: this.canvas.notes, on: this.#told() });
    this.unsent = new Unsent(this);
    this.copying = new Copying(root.querySelector(".bar"), this);
    this.editor = new Editor(this);
    this.quick = new Quick(this);
    const form = root.querySelector("[data-hand-in]"); // what is written alone first is handed in together
    this.handingIn = form && new HandingIn(form, this);
    this.together = new Together(this);
  }

  /** Begin to answer to what the person does: from here on the page's links and forms are the script's. */
  start() {
    this.rows = new Rows(this.root);
    this.rows.reveal(document.getElementById(location.hash.slice(1)));
    this.opening = new Opening(this);
    this.dragging = new Dragging(this.canvas, (note, place) => this.writing.moved(note, place));
    this.handingIn?.listen();
    document.addEventListener("visibilitychange", () => document.hidden && this.#leave());
    this.root.classList.add("is-scripted");
    if (this.unsent.restore()) this.#tellFound();
    this.together.start();
    new Earlier(this).bring();
  }

  /** What is done when saving tells something. */
  #told() {
    return {
      state: () => this.#showState(),
      saved: (note) => this.#saved(note),
      moved: (note, said) => this.#moved(note, said),
      conflict: (note) => this.writing.tell(note),
      refused: (note) => this.writing.tell(note),
      shut: () => this.together.follow(),
    };
  }

  #showState() {
    this.telling.show(this.saver.state);
    this.canvas.mark(this.saver.stuck);
    this.handingIn?.update();
    this.copying.update();
    this.unsent.goOn();
    this.together.settle();
  }

  #saved(note) {
    this.canvas.tell(note);
    this.writing.tell(note);
    this.ready.ask();
    this.root.querySelectorAll("[data-changed-since]").forEach((line) => (line.hidden = false));
  }

  #moved(note, said) {
    note.said = said;
    if (said) this.telling.announce(said);
    this.#saved(note);
  }

  /** Close what is open: all of it is saved. */
  close() {
    this.editor.close();
    this.quick.close();
  }

  #leave() {
    this.editor.settle();
    this.rows.reveal(this.editor.note && this.editor.note.element);
    this.saver.flush();
  }

  #tellFound() {
    const notice = this.root.querySelector("[data-found]");
    notice.hidden = false;
    this.telling.announce(notice.textContent.trim());
    this.saver.flush();
  }
}

const root = document.querySelector("#exercise");
if (root && NEEDED.every((name) => name in window)) new Page(root).start();
