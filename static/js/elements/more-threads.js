/* <more-threads for="text" src="…/threads/">: puts the cards that wait behind a block's link in its place, when the
 * block comes near the window or somebody asks for one. Without scripting the link leads to the list of threads. */
import { fragment, nodes, served } from "../lib/dom.js";

class MoreThreads extends HTMLElement {
  connectedCallback() {
    this.essay = served(this);
    this.gone = new AbortController();
    this.coming = new Map(); // link → promise of its cards
    this.observer = new IntersectionObserver((seen) => this.near(seen), { rootMargin: "50%" });
    const options = { signal: this.gone.signal };
    this.essay.addEventListener("click", this.press.bind(this), options);
    addEventListener("htmx:after:swap", () => this.watch(), options);
    this.watch();
  }

  disconnectedCallback() {
    this.gone.abort();
    this.observer.disconnect();
  }

  watch() { for (const link of this.essay.querySelectorAll("a.more")) this.observer.observe(link); }

  near(seen) {
    const links = seen.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target);
    if (links.length) this.fetch(links).catch(() => {}); // the link stays, and leads to them
  }

  press(event) {
    const link = event.target.closest("a.more");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const before = link.previousElementSibling;
    this.fetch([link]).then(() => before.nextElementSibling?.querySelector("summary").focus({ preventScroll: true }), () => { location.href = link.href; });
  }

  /** Fetch the cards behind these links in one request; what is on its way already is waited for. */
  async fetch(links) {
    const asked = links.filter((link) => !this.coming.has(link));
    if (asked.length) {
      const come = this.load(asked);
      for (const link of asked) this.coming.set(link, come);
      come.catch(() => { for (const link of asked) this.coming.delete(link); }); // to be asked for again
    }
    await Promise.all(links.map((link) => this.coming.get(link)));
  }

  async load(links) {
    const query = new URLSearchParams(links.map((link) => ["block", link.closest(".block").dataset.block]));
    const come = nodes(await fragment(`${this.getAttribute("src")}?${query}`));
    for (const link of links) {
      const key = link.closest(".block")?.dataset.block;
      const cards = [...come.querySelectorAll(`[data-of="${CSS.escape(key)}"] > .thread`)];
      link.replaceWith(...cards.filter(({ id }) => !document.getElementById(id)));
      for (const { id } of cards) this.point(id);
    }
    document.dispatchEvent(new CustomEvent("restack"));
  }

  /** Tell of a card at the first of its marks, now that it is there. */
  point(id) {
    const mark = this.essay.querySelector(`[data-text] mark[data-threads~="${CSS.escape(id.slice(1))}"]`);
    const told = mark?.getAttribute("aria-details")?.split(" ") ?? [];
    if (mark && !told.includes(id)) mark.setAttribute("aria-details", [...told, id].join(" "));
  }
}

customElements.define("more-threads", MoreThreads);
