/* <block-handles for="text">: what a block's button does. Where its threads are out of sight it shows them;
 * else it opens the form for a new one. Without this, it is a link to the page where one is written. */
import { fetchWaiting } from "../lib/cards.js";
import { element, gettext, served, wide } from "../lib/dom.js";

class BlockHandles extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    served(this).addEventListener("click", this.press.bind(this), { signal: this.gone.signal });
  }

  disconnectedCallback() { this.gone.abort(); }

  press(event) {
    const handle = event.target.closest(".handle");
    if (!handle || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const threads = handle.parentElement.querySelector(":scope > .threads");
    const cards = [...threads.querySelectorAll(":scope > .thread")];
    const outOfSight = cards.some((card) => !card.offsetHeight);
    if (outOfSight || (cards.length && !wide())) {
      event.preventDefault();
      this.show(handle, threads, outOfSight);
    } else if (document.querySelector("comment-composer")) {
      event.preventDefault();
      this.compose(handle);
    }
  }

  compose(handle) {
    handle.dispatchEvent(new CustomEvent("compose", { bubbles: true, detail: { block: handle.parentElement.dataset.block } }));
  }

  async show(handle, threads, visible) {
    threads.toggleAttribute("data-shown", visible);
    const more = threads.querySelector(":scope > .more");
    if (visible && more) await fetchWaiting([more]).catch(() => {}); // its link is there still
    const cards = [...threads.querySelectorAll(":scope > .thread")];
    handle.ariaExpanded = String(visible);
    if (!visible) for (const card of cards) card.open = false;
    else if (cards.length === 1) cards[0].open = true;
    if (visible) cards[0].querySelector("summary").focus({ preventScroll: wide() });
    if (!threads.querySelector(".add") && document.querySelector("comment-composer")) {
      const add = element("button", { class: "btn small add", type: "button" }, gettext("Comment on this paragraph"));
      add.addEventListener("click", () => this.compose(handle));
      threads.append(add);
    }
    document.dispatchEvent(new CustomEvent("restack"));
  }
}

customElements.define("block-handles", BlockHandles);
