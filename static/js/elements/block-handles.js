/* <block-handles for="text">: a block's button opens its threads, with the form for a new one below them,
 * and closes both again. Without this, it is a link to the page where one is written; with it, a button to who listens. */
import { fetchWaiting } from "../lib/cards.js";
import { served } from "../lib/dom.js";

class BlockHandles extends HTMLElement {
  connectedCallback() {
    this.essay = served(this);
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    this.essay.addEventListener("click", this.press.bind(this), options);
    this.essay.addEventListener("keydown", this.space, options);
    addEventListener("htmx:after:swap", () => this.name(), options); // a block that was drawn anew has a link again
    this.name();
  }

  disconnectedCallback() { this.gone.abort(); }

  name() { for (const handle of this.essay.querySelectorAll(".block > .handle:not([role])")) handle.role = "button"; }

  /** What is a button is pressed by Space, too. */
  space(event) {
    if (event.key !== " " || !event.target.matches(".handle")) return;
    event.preventDefault();
    event.target.click();
  }

  press(event) {
    const handle = event.target.closest(".handle");
    if (!handle || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const threads = handle.parentElement.querySelector(":scope > .threads");
    const composer = document.querySelector("comment-composer");
    if (!composer && !threads.querySelector(".thread, .more")) return;
    event.preventDefault();
    if (threads.querySelector(composer ? ".writing" : "[open]")) this.hide(handle, threads);
    else this.show(handle, threads);
  }

  async show(handle, threads) {
    threads.toggleAttribute("data-shown", true);
    const more = threads.querySelector(":scope > .more");
    if (more) await fetchWaiting([more]).catch(() => {}); // its link is there still
    const cards = [...threads.querySelectorAll(":scope > .thread")];
    if (cards.length) handle.ariaExpanded = "true";
    if (cards.length === 1) cards[0].open = true;
    handle.dispatchEvent(new CustomEvent("compose", { bubbles: true, detail: { block: handle.parentElement.dataset.block, below: cards.length } }));
    const card = cards[0]?.querySelector("summary");
    card?.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("restack", { detail: { card } }));
  }

  hide(handle, threads) {
    for (const card of threads.querySelectorAll(":scope > .thread")) card.open = false;
    threads.querySelector(":scope > .writing draft-form")?.cancel();
    threads.removeAttribute("data-shown");
    handle.ariaExpanded = "false";
    handle.focus();
  }
}

customElements.define("block-handles", BlockHandles);
