// Talks with the server about notes. An answer that doesn't come in time counts as none.

const TIMEOUT = 20_000;
const READS = { Accept: "application/json" };
const WRITES = { "Content-Type": "application/json" };

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

  /** Ask the trainer to come, or take that back. */
  call(isWanted) {
    return this.#ask("POST", this.notes.replace(/notes$/, isWanted ? "call" : "call/end"));
  }

  /** Ask for what stands around the notes. */
  around() {
    return this.#ask("GET", this.notes.replace(/notes$/, "around"));
  }

  /** Ask what is new beside what the page has. */
  changes({ version, people, stage }) {
    const has = `version=${version}&people=${people}&stage=${encodeURIComponent(stage)}`;
    return this.#ask("GET", `${this.notes.replace(/notes$/, "changes")}?${has}`);
  }

  /** Tell that the person is here, with which note open, or that they leave. */
  present(sign) {
    return this.#ask("PUT", this.notes.replace(/notes$/, "presence"), sign);
  }

  /** Say in an address which workspace is meant; the person's own needs no word. */
  addressOf(address) {
    if (!this.inside) return address;
    return `${address}${address.includes("?") ? "&" : "?"}${this.inside}`;
  }

  async #ask(method, address, body) {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), TIMEOUT);
    try {
      const response = await fetch(this.addressOf(address), {
        method,
        headers: method === "GET" ? READS : { ...READS, ...WRITES, "X-CSRF-Token": this.csrf },
        referrerPolicy: method === "GET" ? "no-referrer" : "same-origin", // pages ask often, on a phone's account
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
