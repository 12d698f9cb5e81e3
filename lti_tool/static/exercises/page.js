// The exercise page saves itself: each note when the person pauses, and everything before it is handed in.
// Without this script the page is a plain form that does the same.

import { Cells } from "./cells.js";
import { showConflict } from "./conflicts.js";
import { Keeper } from "../keeping.js";
import { drawMaps } from "./map.js";
import { signature } from "./notes.js";
import { Saver } from "./saving.js";

const form = document.querySelector("#exercise");
const words = JSON.parse(document.querySelector("script[data-words]").textContent);
const keeper = new Keeper(form.dataset.keep);
const cells = new Cells(form, words);
const saver = new Saver({
  url: form.dataset.notes,
  csrf: form.elements.csrf.value,
  keeper,
  notes: cells.notes,
  on: { state: showState, saved: askForList, conflict: askWhichToKeep },
});

// What the page says

const PAUSE = 500;
const ROUTINE = ["saved", "saving"];
const line = form.querySelector("[data-state]");
const announcer = form.querySelector("[data-announce]");

function announce(text) {
  announcer.textContent = text;
}

function showState() {
  const { state } = saver;
  const before = line.dataset.state;
  if (state === before || (!before && state === "saved")) return;
  line.dataset.state = state;
  line.textContent = words[state];
  if (!ROUTINE.includes(state) || (state === "saved" && !ROUTINE.includes(before))) announce(words[state]);
}

let asking = null;

function askForList() {
  clearTimeout(asking);
  asking = setTimeout(showList, PAUSE);
}

async function showList() {
  const response = await fetch(form.dataset.notes.replace(/notes$/, "ready")).catch(() => null);
  if (!response?.ok) return; // the next save asks again
  const answer = await response.json();
  const said = form.querySelector("[data-score]");
  if (said) said.textContent = answer.ready;
  for (const item of form.querySelectorAll("[data-criterion]")) {
    item.classList.toggle("is-met", answer.met.includes(item.dataset.criterion));
  }
}

function askWhichToKeep(note, theirs) {
  showConflict(note, theirs, () => changed(note, { now: true }));
}

// What the person does

function changed(note, { now = false } = {}) {
  cells.begin(note);
  saver.touch(note);
  drawMaps(form, cells);
  if (now) saver.send(note);
}

form.addEventListener("input", (event) => {
  const note = cells.of(event.target);
  if (note) changed(note);
});

form.addEventListener("change", (event) => {
  const note = cells.of(event.target);
  if (note) saver.send(note);
});

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=delete]");
  if (!button) return;
  event.preventDefault();
  const note = cells.of(button);
  cells.empty(note, () => changed(note, { now: true }));
});

let leaving = false;

form.addEventListener("submit", async (event) => {
  if (leaving || event.submitter?.name === "take") return;
  event.preventDefault();
  const isHandingIn = event.submitter?.hasAttribute("data-hand-in");
  if (isHandingIn) announce(words.handing_in);
  const isSaved = await saver.flush();
  if (!isSaved) announce(isHandingIn ? words.hand_in_waits : words[saver.state]);
  else if (isHandingIn) leave(event.submitter);
  else announce(words.saved);
});

function leave(submitter) {
  if (leaving) return;
  leaving = true;
  cells.notes.forEach((note) => (note.line.disabled = true)); // the server has them all
  setTimeout(() => form.requestSubmit(submitter)); // a form can't be sent while it is being sent
}

document.addEventListener("visibilitychange", () => document.hidden && saver.flush());

window.addEventListener("pageshow", () => {
  leaving = false;
  cells.notes.forEach((note) => (note.line.disabled = false));
});

// What was written earlier and had not arrived

function restore() {
  const found = keeper.all().filter(([id, draft]) => bringBack(cells.place(id, draft), draft));
  if (!found.length) return;
  const notice = form.querySelector("[data-found]");
  notice.hidden = false;
  announce(notice.textContent.trim());
  drawMaps(form, cells);
  saver.flush();
}

function bringBack(note, draft) {
  if (!note) return false; // its cell is gone; the browser goes on keeping it
  if (wasTyped(note)) return false; // it is newer
  if (signature(draft.values) === note.saved) {
    keeper.forget(note);
    return false;
  }
  note.values = draft.values;
  note.setVersion(draft.version);
  return true;
}

/** Whether somebody typed before this script came. */
function wasTyped(note) {
  return note.saved !== null && note.isDirty;
}

const early = [...cells.notes.values()].filter(wasTyped);
restore();
early.forEach((note) => changed(note));
