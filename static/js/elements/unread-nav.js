/* <unread-nav for="text">: to the next and the previous thread with something new. */
import { cardOf } from "../lib/cards.js";
import { announce, ngettext, served } from "../lib/dom.js";

class UnreadNav extends HTMLElement {
  connectedCallback() {
    this.essay = served(this);
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    this.addEventListener("click", ({ target }) => this.go(target.closest("button")?.value), options);
    document.addEventListener("thread-read", () => this.count(), options);
    document.addEventListener("htmx:after:swap", () => this.count(), options);
  }

  disconnectedCallback() { this.gone.abort(); }

  /** Cards with something new, and the links behind which such cards wait, in the order of the page. */
  get unread() { return [...this.essay.querySelectorAll(".thread[data-unread], .more[data-unread]")]; }

  /** How many threads that is: a link names those behind it. */
  get total() { return this.unread.reduce((sum, { dataset }) => sum + (dataset.unread ? dataset.unread.split(" ").length : 1), 0); }

  count() {
    const n = this.total;
    const sign = this.querySelector("[data-count]");
    if (sign) sign.textContent = ngettext("%s new", "%s new", n);
    this.hidden = n === 0;
  }

  async go(way) {
    const unread = this.unread;
    if (!way || !unread.length) return;
    const from = document.activeElement.closest(".block") ?? [...this.essay.querySelectorAll(".block")].find((block) => block.getBoundingClientRect().bottom > 80);
    const before = ({ parentElement }) => Boolean(from.compareDocumentPosition(parentElement) & Node.DOCUMENT_POSITION_PRECEDING);
    const found = way === "next" ? unread.find((each) => !before(each)) ?? unread[0] : unread.findLast(before) ?? unread.at(-1);
    const card = found.dataset.unread ? await cardOf(found.dataset.unread.split(" ")[0]).catch(() => null) : found;
    if (!card) return;
    card.open = true;
    (card.closest(".block") ?? card).scrollIntoView({ block: "center" });
    card.querySelector("summary").focus({ preventScroll: true });
    announce(ngettext("%s new", "%s new", this.total));
  }
}

customElements.define("unread-nav", UnreadNav);
