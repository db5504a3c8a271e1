/* <thread-cards for="text">: fetches a thread when its card opens. */
import { element, fragment, gettext, nodes, served } from "../lib/dom.js";

class ThreadCards extends HTMLElement {
  connectedCallback() {
    this.essay = served(this);
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    this.essay.addEventListener("toggle", ({ target }) => target.matches?.(".thread[open]") && this.opened(target), { ...options, capture: true });
    for (const card of this.essay.querySelectorAll(".thread[open]")) this.load(card);
  }

  disconnectedCallback() { this.gone.abort(); }

  opened(card) {
    this.load(card);
    // The card it took the place of has closed: stay with this one, wherever that left it.
    document.dispatchEvent(new CustomEvent("restack", { detail: { card: card.querySelector("summary") } }));
  }

  async load(card) {
    const body = card.querySelector(":scope > .body");
    if (!body?.href) return; // it is here already
    const room = element("div", { class: "body" });
    body.replaceWith(room);
    card.ariaBusy = "true";
    const slow = setTimeout(() => room.append(element("div", { class: "skeleton", "aria-hidden": "true" })), 300);
    try {
      room.replaceChildren(nodes(await fragment(body.href)));
      globalThis.htmx?.process(room);
    } catch ({ status, words }) {
      const again = element("button", { class: "btn small", type: "button" }, gettext("Try again"));
      again.addEventListener("click", () => { room.replaceWith(body); this.load(card); });
      const why = await import("../lib/refusals.js").then((module) => module.why(status, words), () => "");
      room.replaceChildren(element("div", { class: "fail", role: "alert" }, gettext("The thread could not be loaded."), " ", why, " ", again));
    } finally {
      clearTimeout(slow);
      card.ariaBusy = null;
      card.dispatchEvent(new CustomEvent("thread-loaded", { bubbles: true }));
      document.dispatchEvent(new CustomEvent("restack"));
    }
  }
}

customElements.define("thread-cards", ThreadCards);
