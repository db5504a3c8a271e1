/* <thread-links for="text" resolve="…/threads/">: leads #c431 and #t12 to the thread that they name, wherever
 * it is folded away, and opens a thread that was just posted. Where one leads to nothing, or #p12 does, it is told. */
import { cardOf } from "../lib/cards.js";
import { element, fragment, gettext, served } from "../lib/dom.js";
import { refused } from "../lib/told.js";

/** Let a card fetch the part of its thread that `place` names, when it opens again. */
function turn(card, place) {
  card.open = false;
  card.querySelector(":scope > .body").replaceWith(element("a", { class: "body", href: place }));
}

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
    const [, kind, id] = location.hash.match(/^#([ctp])(\d+)$/) ?? [];
    const here = document.getElementById(location.hash.slice(1));
    this.told?.remove();
    if (kind === "p" && !here) return this.tell(gettext("Paragraph %s is not in this text any more.").replace("%s", id), "#text", gettext("To the beginning of the text"));
    if (kind === "t") return this.show(id);
    if (kind !== "c") return undefined;
    if (here) return this.arrive(here);
    try {
      return this.show(JSON.parse(await fragment(`${this.threads}?comment=${id}`)), `c${id}`);
    } catch ({ status, words }) {
      return status === 404 ? this.tell(gettext("That comment is not here any more, or not for you to see.")) : refused(this.first, status, words);
    }
  }

  /** Open a thread, and go to one of its comments: `of` is the thread, or says where the comment is. */
  async show(of, comment) {
    const { thread = of, place, withdrawn, archived } = of;
    const card = await cardOf(thread).catch(() => null);
    if (!card && archived) return location.assign(place); // it stands on its own page alone
    if (!card) return this.tell(gettext("That thread is not here any more, or not for you to see."));
    let moved = false; // whoever has gone on to something else meanwhile is left there
    const move = () => { moved = true; };
    for (const type of ["pointerdown", "keydown"]) addEventListener(type, move, { once: true, signal: this.gone.signal });
    const arrive = () => {
      const target = document.getElementById(comment);
      if (comment && !target) this.tell(withdrawn ? gettext("That comment was withdrawn.") : gettext("That comment is further on in its thread."), place, gettext("To its thread"));
      else if (!moved) this.arrive(target ?? card.querySelector("summary"));
    };
    if (comment && !document.getElementById(comment)) turn(card, place);
    card.addEventListener("thread-loaded", arrive, { once: true });
    if (card.open && !card.querySelector(":scope > a.body")) return arrive();
    return void (card.open = true);
  }

  get threads() { return this.getAttribute("resolve"); }
  get first() { return this.essay.querySelector(".block"); }

  /** Above the text, where who has just come is looking; with a way on. */
  tell(text, href = this.threads, name = gettext("All threads")) {
    this.told?.remove();
    this.first.before(this.told = element("p", { class: "notice warn", role: "alert" }, text, " ", element("a", { href }, name)));
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
