/* <unread-nav for="text">: counts the threads with something new, and leads to the next and the previous one, by
 * its buttons, by the keys n and p in the essay, and from the list of them all. A thread is read once it is open. */
import { cardOf } from "../lib/cards.js";
import { announce, letterOf, ngettext, served, typing } from "../lib/dom.js";
import { openSheet } from "../lib/new-sheet.js";
import { nextUnread, tellCard, tellContents, tellWaiting, unreadIn } from "../lib/unread.js";

const KEYS = { n: "next", p: "previous" };

class UnreadNav extends HTMLElement {
  connectedCallback() {
    this.essay = served(this);
    this.sheet = document.getElementById("new-sheet");
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    for (const place of [this, this.sheet]) place?.addEventListener("click", ({ target }) => this.go(target.closest("button")?.value), options);
    this.essay.addEventListener("keydown", this.press.bind(this), options);
    this.sheet?.addEventListener("toggle", () => openSheet(this.sheet, this.show.bind(this)), options);
    document.addEventListener("thread-loaded", ({ target }) => this.read(target), options);
    document.addEventListener("unread-changed", ({ detail }) => this.change(detail), options);
    document.addEventListener("htmx:after:swap", () => this.count(), options);
    for (const card of this.essay.querySelectorAll(".thread[open]")) this.read(card);
  }

  disconnectedCallback() { this.gone.abort(); }

  press(event) {
    const off = event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target) || event.target.closest("dialog");
    const way = off || document.documentElement.dataset.keys === "off" ? null : KEYS[letterOf(event)];
    if (!way || this.hidden) return;
    event.preventDefault();
    this.go(way);
  }

  /** Its card is open, and its words are there. */
  read(card) {
    if (!card.matches("[data-unread]") || !card.querySelector(".conversation")) return;
    tellCard(card, 0);
    this.count();
  }

  /** The server says how many comments are new, by thread; of `whole` readings, no other thread has any. */
  change({ threads, whole }) {
    for (const card of this.essay.querySelectorAll(".thread")) {
      const count = threads[card.id.slice(1)] ?? (whole ? 0 : undefined);
      if (count !== undefined && (count > 0 || card.matches("[data-unread]"))) tellCard(card, count);
    }
    if (whole) for (const link of this.essay.querySelectorAll(".more")) tellWaiting(link, Object.keys(threads).length > 0);
    this.count();
    if (whole) openSheet(this.sheet, this.show.bind(this));
  }

  count() {
    const n = unreadIn(this.essay);
    const words = n ? ngettext("%s new", "%s new", n) : "";
    for (const sign of document.querySelectorAll(":is(unread-nav, .dock) [data-count]")) {
      if (sign.textContent.trim() !== words) this.querySelector("[data-part]")?.remove(); // it was of so many as there were
      sign.textContent = words;
    }
    this.hidden = n === 0;
    tellContents(this.essay);
  }

  go(way) {
    const thread = way && nextUnread(this.essay, way);
    if (thread) this.show(thread);
  }

  async show(thread) {
    if (this.sheet?.matches(":popover-open")) this.sheet.hidePopover();
    const card = await cardOf(thread).catch(() => null);
    if (!card) return;
    card.open = true;
    (card.closest(".block") ?? card).scrollIntoView({ block: "center" });
    card.querySelector("summary").focus({ preventScroll: true });
    announce(ngettext("%s new", "%s new", unreadIn(this.essay)), "unread");
  }
}

customElements.define("unread-nav", UnreadNav);
