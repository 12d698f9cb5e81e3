// Keeps what a trainer writes while they write it. The form is sent as it would be by its button; what another trainer
// kept meanwhile is never overwritten: from then on only the button sends it, and the server shows both.

const QUIET = 700; // milliseconds without a key
const AGAIN = 5000;

class Drafting {
  #timer = null;
  #sending = null;
  #isDirty = false;
  #isOver = false;

  constructor(form) {
    this.form = form;
    this.kept = form.querySelector("[data-kept]");
    this.news = form.querySelector("[data-news]");
    document.addEventListener("input", (event) => event.target.form === form && this.#changed());
    form.addEventListener("submit", (event) => this.#submit(event));
    window.addEventListener("pagehide", () => this.#isDirty && this.#send());
    window.addEventListener("pageshow", (event) => event.persisted && (this.#isOver = false));
    window.addEventListener("online", () => this.#isDirty && this.#send());
    if (isTypedInto(form)) this.#changed(); // before this script was there
  }

  #changed() {
    this.#isDirty = true;
    this.#later(QUIET);
  }

  #later(time) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), time);
  }

  /** Let what is on its way arrive first: it changes the draft's version. */
  #submit(event) {
    clearTimeout(this.#timer);
    if (this.#sending) {
      event.preventDefault();
      this.#sending.then(() => this.form.requestSubmit(event.submitter));
    }
    this.#isOver = true;
    this.#isDirty = false;
  }

  #send() {
    clearTimeout(this.#timer);
    if (this.#isOver || this.#sending) return;
    this.#isDirty = false;
    this.kept.textContent = this.form.dataset.saving;
    this.#sending = this.#post().finally(() => {
      this.#sending = null;
      if (this.#isDirty) this.#later(this.#isLost ? AGAIN : QUIET);
    });
  }

  #isLost = false;

  async #post() {
    const body = new URLSearchParams(new FormData(this.form));
    const sent = { method: "POST", body, headers: { Accept: "application/json" }, keepalive: body.toString().length < 60000 };
    const answer = await fetch(this.form.dataset.draft, sent).catch(() => null);
    this.#isLost = !answer || answer.status >= 500;
    if (this.#isLost) return this.#lost();
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) this.#arrived(told);
    else this.#refused(told);
  }

  #arrived({ version, says, news }) {
    this.form.elements.version.value = version;
    this.kept.textContent = says;
    this.#tell(news);
  }

  #refused({ says, title, advice }) {
    this.#isOver = true;
    this.kept.textContent = "";
    this.#tell(says ?? [title, advice].filter(Boolean).join(" "));
  }

  #lost() {
    this.#isDirty = true;
    this.kept.textContent = this.form.dataset.failed;
  }

  #tell(text) {
    this.news.hidden = !text;
    if (this.news.textContent !== text) this.news.textContent = text;
  }
}

/** Tell whether a form holds something else than the server put there. */
function isTypedInto(form) {
  const isChanged = ({ type, value, defaultValue, checked, defaultChecked }) =>
    type === "radio" ? checked !== defaultChecked : type !== "hidden" && defaultValue !== undefined && value !== defaultValue;
  return [...form.elements].some(isChanged);
}

/** Whoever writes at a note sees there too whether it is kept. */
function followFocus(main) {
  const mark = (isIn) => main.classList.toggle("is-commenting", isIn);
  main.addEventListener("focusin", ({ target }) => mark(target.closest(".commenting textarea") !== null));
  main.addEventListener("focusout", () => mark(false));
}

const form = document.querySelector("[data-draft]");
if (form) {
  new Drafting(form);
  followFocus(document.querySelector("main"));
}
