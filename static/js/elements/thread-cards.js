/* <thread-cards for="text">: fetches a thread when its card opens. */
import { served } from "../lib/dom.js";
import { loadBody } from "../lib/thread-body.js";

class ThreadCards extends HTMLElement {
  connectedCallback() {
    this.essay = served(this);
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    this.essay.addEventListener("toggle", ({ target }) => target.matches?.(".thread[open]") && this.opened(target), { ...options, capture: true });
    for (const card of this.essay.querySelectorAll(".thread[open]")) loadBody(card);
  }

  disconnectedCallback() { this.gone.abort(); }

  opened(card) {
    loadBody(card);
    // The card it took the place of has closed: stay with this one, wherever that left it.
    document.dispatchEvent(new CustomEvent("restack", { detail: { card: card.querySelector("summary") } }));
  }
}

customElements.define("thread-cards", ThreadCards);
