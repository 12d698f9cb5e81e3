// Talks with the server about notes. An answer that doesn't come in time counts as none.

const TIMEOUT = 20_000;

export class Service {
  /** `notes`: the address of the notes; beside it the list of what is met is asked for. */
  constructor({ notes, csrf, inside }) {
    Object.assign(this, { notes, csrf });
    this.inside = inside ? `in=${encodeURIComponent(inside)}` : "";
  }

  /** Save a note's words; one without words is deleted. */
  save(note) {
    if (note.isBlank) return this.#ask("DELETE", `${this.notes}/${note.id}?version=${note.version}`);
    return this.#ask("PUT", `${this.notes}/${note.id}`, note.draft);
  }

  /** Tell where a note stands. */
  move(note) {
    return this.#ask("PUT", `${this.notes}/${note.id}/place`, { ...note.where, place: note.place });
  }

  /** Ask what is met of the list. */
  ready() {
    return this.#ask("GET", this.notes.replace(/notes$/, "ready"));
  }

  /** Give a note so many votes. */
  vote(id, vote) {
    return this.#ask("PUT", `${this.notes.replace(/notes$/, "votes")}/${id}`, vote);
  }

  /** Ask how the votes stand. */
  votes() {
    return this.#ask("GET", this.notes.replace(/notes$/, "votes"));
  }

  /** Ask how far the exercise is. */
  stage() {
    return this.#ask("GET", this.notes.replace(/notes$/, "stage"));
  }

  /** Ask who wrote the notes, where names are shown. */
  authors() {
    return this.#ask("GET", this.notes.replace(/notes$/, "authors"));
  }

  /** Ask the trainer to come, or take that back. */
  call(isWanted) {
    return this.#ask("POST", this.notes.replace(/notes$/, isWanted ? "call" : "call/end"));
  }

  /** Say in an address which workspace is meant; the person's own needs no word. */
  at(address) {
    if (!this.inside) return address;
    return `${address}${address.includes("?") ? "&" : "?"}${this.inside}`;
  }

  async #ask(method, address, body) {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), TIMEOUT);
    try {
      const response = await fetch(this.at(address), {
        method,
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": this.csrf },
        body: body && JSON.stringify(body),
        keepalive: method !== "GET", // goes on when the page is left
        signal: deadline.signal,
      });
      return { status: response.status, ...(await answerOf(response)) };
    } finally {
      clearTimeout(timer);
    }
  }
}

async function answerOf(response) {
  const isJson = (response.headers.get("Content-Type") ?? "").startsWith("application/json");
  return { answer: isJson ? await response.json() : {} };
}
