// The presenter's view in a window of its own where this page is in Moodle's frame: the browser gives the session's
// cookie to this frame and not to that window, so this page fetches what the window shows, as long as it is open.

import { renew, turned } from "./turning.js";

const PAUSE = 5_000;
const NAME = "medtown-large";

export class Large {
  #window = null;
  #address = "";
  #timer = null;

  /** Show an address in the window; give whether the browser let it open. */
  open(address) {
    const isNew = !this.#window || this.#window.closed;
    this.#window = window.open("", NAME);
    if (!this.#window) return false;
    if (isNew) this.#listen();
    this.#window.focus();
    this.#go(address);
    return true;
  }

  #listen() {
    const { document: page } = this.#window;
    page.addEventListener("click", (event) => this.#press(event, event.target.closest("a")));
    page.addEventListener("keydown", (event) => this.#press(event, turned(event, page)));
    addEventListener("pagehide", () => this.#window.close()); // nothing would follow in it any more
  }

  /** Go where a link of the view leads; any other link leads back to this page. */
  #press(event, link) {
    if (!link) return;
    event.preventDefault();
    const address = new URL(link.getAttribute("href"), location.href);
    if (address.pathname === new URL(this.#address, location.href).pathname) this.#go(address.href);
    else this.#window.close();
  }

  async #go(address) {
    this.#address = address;
    const news = await this.#fetched();
    if (news && !this.#window.closed) show(this.#window.document, news);
    this.#watch();
  }

  #watch() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      if (this.#window.closed) return;
      const news = await this.#fetched();
      if (news && !this.#window.closed) renew(this.#window.document, news);
      this.#watch();
    }, PAUSE);
  }

  async #fetched() {
    try {
      const answer = await fetch(this.#address);
      return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    } catch {
      return null; // the line may come back
    }
  }
}

/** Make a window's page the one that was fetched, without its scripts. */
function show(page, news) {
  for (const name of ["lang", "dir"]) page.documentElement[name] = news.documentElement[name];
  page.title = news.title;
  const styles = [...news.querySelectorAll("link[rel=stylesheet]")].map((style) => page.importNode(style));
  styles.forEach((style) => (style.href = new URL(style.getAttribute("href"), location.href).href));
  if (!page.querySelector("link[rel=stylesheet]")) page.head.append(...styles);
  news.querySelectorAll("script").forEach((script) => script.remove());
  page.body.replaceChildren(...[...news.body.children].map((child) => page.importNode(child, true)));
}
