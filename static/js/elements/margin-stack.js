/* <margin-stack for="text">: from 72rem on, puts each card beside its words. It measures all, then writes all. */
import { served, wide } from "../lib/dom.js";
import { stack } from "../lib/stack.js";

const GAP = 14; // px between two cards

class MarginStack extends HTMLElement {
  connectedCallback() {
    this.essay = served(this);
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    const soon = ({ detail }) => {
      this.card = detail?.card ?? this.card;
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => this.arrange());
    };
    this.observer = new ResizeObserver(soon);
    this.observer.observe(this.essay);
    this.essay.addEventListener("toggle", soon, { ...options, capture: true });
    this.essay.addEventListener("input", soon, options);
    for (const name of ["restack", "display-changed", "htmx:after:swap"]) document.addEventListener(name, soon, options);
    addEventListener("resize", soon, options);
    document.fonts.ready.then(soon);
    this.arrange();
  }

  disconnectedCallback() {
    this.gone.abort();
    this.observer.disconnect();
    cancelAnimationFrame(this.frame);
  }

  /** Where a card's words begin, in px from the essay's top: its first mark, else its block. */
  wordsOf(card, block, origin) {
    const mark = card.id && block.querySelector(`[data-threads~="${CSS.escape(card.id.slice(1))}"], [data-mark~="${CSS.escape(card.id)}"]`);
    return (mark ? mark.getClientRects()[0] ?? block.getBoundingClientRect() : block.getBoundingClientRect()).top - origin;
  }

  /** Put all in their places, and the card for which that was asked into view. */
  arrange() {
    this.measure();
    this.card?.scrollIntoView({ block: "nearest" });
    this.card = null;
  }

  measure() {
    const cards = [...this.essay.querySelectorAll(".threads > *")].filter((card) => card.offsetHeight);
    if (!wide()) { for (const card of this.essay.querySelectorAll(".threads > *")) card.style.removeProperty("--push"); return; }
    const origin = this.essay.getBoundingClientRect().top;
    let above = 0;
    const items = cards.map((card) => {
      const block = card.closest(".block");
      const natural = card.offsetTop + block.getBoundingClientRect().top - origin;
      const below = card.matches("[data-below]"); // a form that keeps to the threads of its block
      above = below ? above + 1 : this.wordsOf(card, block, origin);
      return { card, natural, top: above, height: card.offsetHeight, live: card.matches(".writing") && !below ? 2 : Number(card.open ?? 0) };
    });
    items.sort((a, b) => a.top - b.top);
    const live = items.findIndex((item) => item.live === 2);
    const anchor = live >= 0 ? live : items.findIndex((item) => item.live);
    const tops = stack(items, { gap: GAP, anchor });
    items.forEach(({ card, natural }, i) => card.style.setProperty("--push", `${Math.round(tops[i] - natural)}px`));
    for (const card of cards) this.seen?.has(card) || this.observer.observe(card);
    this.seen = new WeakSet(cards);
  }
}

customElements.define("margin-stack", MarginStack);
