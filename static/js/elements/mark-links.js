/* <mark-links for="text">: a click on marked words opens their thread, or lists the threads where marks overlap,
 * the shortest passage first; a card under the pointer or the focus shows its words. */
import { cardOf } from "../lib/cards.js";
import { element, gettext, paint, place, served } from "../lib/dom.js";

class MarkLinks extends HTMLElement {
  connectedCallback() {
    this.essay = served(this);
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    this.menu = element("div", { class: "tool mark-menu", popover: "auto", role: "dialog", "aria-label": gettext("Threads on these words") });
    this.append(this.menu);
    this.essay.addEventListener("click", this.press.bind(this), options);
    this.essay.addEventListener("pointerover", ({ target }) => this.emphasise(target.closest(".thread, .guide-note") ?? document.activeElement.closest(".thread")), options);
    this.essay.addEventListener("focusin", ({ target }) => this.emphasise(target.closest(".thread")), options);
    this.essay.addEventListener("focusout", () => this.emphasise(null), options);
    this.essay.addEventListener("pointerleave", () => this.emphasise(document.activeElement.closest(".thread")), options);
  }

  disconnectedCallback() {
    this.gone.abort();
    this.menu.remove();
    paint("focus", []);
  }

  emphasise(card) {
    if (card === this.card) return;
    this.card = card;
    const marks = card ? this.essay.querySelectorAll(`mark:is([data-threads~="${CSS.escape(card.id.slice(1))}"], [data-mark~="${CSS.escape(card.id)}"])`) : [];
    paint("focus", [...marks].map((mark) => {
      const range = document.createRange();
      range.selectNodeContents(mark);
      return range;
    }));
  }

  async press(event) {
    const mark = event.target.closest("[data-text] mark");
    if (!mark || event.target.closest("a, button") || !getSelection().isCollapsed || getComputedStyle(mark).cursor !== "pointer") return;
    const note = mark.dataset.mark?.split(" ").map((id) => document.getElementById(id)).find(Boolean);
    const ids = mark.dataset.threads?.split(" ").filter(Boolean) ?? [];
    const cards = (await Promise.all(ids.map(cardOf))).filter(Boolean);
    if (cards.length === 1) this.open(cards[0]);
    else if (cards.length) this.list(cards, mark, event);
    else if (note) this.point(note);
  }

  /** Lead the eye from the words of a guide note to the note. */
  point(note) {
    note.classList.remove("arrived");
    requestAnimationFrame(() => note.classList.add("arrived"));
    note.scrollIntoView({ block: "nearest" });
  }

  open(card) {
    card.open = true;
    card.querySelector("summary").focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }

  list(cards, mark, { clientX, clientY }) {
    this.menu.replaceChildren(...cards.map((card) => {
      const who = card.querySelector(".who")?.textContent ?? "";
      const quote = element("q", {}, card.querySelector("q")?.textContent ?? "");
      const item = element("button", { type: "button" }, `${who}: `, quote);
      item.addEventListener("click", () => { this.menu.hidePopover(); this.open(card); });
      return item;
    }));
    this.menu.showPopover();
    const boxes = [...mark.getClientRects()];
    place(this.menu, boxes.find((box) => clientY >= box.top && clientY <= box.bottom && clientX >= box.left) ?? boxes[0]);
    this.menu.querySelector("button").focus();
  }
}

customElements.define("mark-links", MarkLinks);
