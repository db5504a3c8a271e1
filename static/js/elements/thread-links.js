/* <thread-links for="text" resolve="…/threads/">: leads #c431 and #t12 to the thread that they name, wherever
 * it is folded away, and opens a thread that was just posted. */
import { cardOf } from "../lib/cards.js";
import { element, fragment, gettext, served } from "../lib/dom.js";
import { refused } from "../lib/told.js";

class ThreadLinks extends HTMLElement {
  connectedCallback() {
    this.essay = served(this);
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    addEventListener("hashchange", () => this.follow(), options);
    addEventListener("thread-posted", ({ detail }) => this.show(detail.thread), options);
    this.follow();
  }

  disconnectedCallback() { this.gone.abort(); }

  async follow() {
    const [, kind, id] = location.hash.match(/^#([ct])(\d+)$/) ?? [];
    if (kind === "t") return this.show(id);
    if (!kind) return undefined;
    const here = document.getElementById(`c${id}`);
    if (here) return this.arrive(here);
    try {
      return this.show(JSON.parse(await fragment(`${this.getAttribute("resolve")}?comment=${id}`)).thread, `c${id}`);
    } catch ({ status, words }) {
      return status === 404 ? this.tell(gettext("That comment is not here, or not for you to see.")) : refused(this.first, status, words);
    }
  }

  async show(thread, comment) {
    const card = await cardOf(thread).catch(() => null);
    if (!card) return this.tell(gettext("That thread is not here, or not for you to see."));
    let moved = false; // whoever has gone on to something else meanwhile is left there
    const move = () => { moved = true; };
    for (const type of ["pointerdown", "keydown"]) addEventListener(type, move, { once: true, signal: this.gone.signal });
    const arrive = () => moved || this.arrive(document.getElementById(comment) ?? card.querySelector("summary"));
    card.addEventListener("thread-loaded", arrive, { once: true });
    if (card.open && !card.querySelector(":scope > a.body")) return arrive();
    card.open = true;
    return undefined;
  }

  get first() { return this.essay.querySelector(".block"); }

  /** Above the text, where who has just come is looking. */
  tell(text) {
    this.told?.remove();
    this.first.before(this.told = element("p", { class: "notice warn", role: "alert" }, text));
    this.told.scrollIntoView({ block: "center" });
  }

  arrive(target) {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (!target.matches("summary")) target.tabIndex = -1;
      target.focus({ preventScroll: true });
      target.classList.add("arrived");
      target.scrollIntoView({ block: "nearest" });
    }));
  }
}

customElements.define("thread-links", ThreadLinks);
