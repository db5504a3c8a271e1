/* <draft-places for="text">: what is added to a guide is added where words were selected, or at a paragraph: its form
 * opens below the paragraph. Without this, the links beside each paragraph lead to a page with the same form. */
import { show } from "../lib/choose-words.js";
import { announce, gettext, served, typing } from "../lib/dom.js";

class DraftPlaces extends HTMLElement {
  connectedCallback() {
    this.text = served(this);
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    this.text.addEventListener("compose", ({ detail }) => this.open(detail), options);
    document.addEventListener("htmx:after:swap", () => setTimeout(() => this.settle()), options);
    document.addEventListener("focusin", ({ target }) => { this.block = target.closest?.(".draft-block") ?? this.block; }, options);
    document.addEventListener("keydown", this.undo.bind(this), options);
  }

  disconnectedCallback() { this.gone.abort(); }

  open({ block, segments, kind }) {
    const place = this.text.querySelector(`[data-block="${CSS.escape(block)}"]`);
    const link = place.querySelector(`[data-add="${kind}"]`);
    if (!link) { announce(gettext("Choose words of a numbered paragraph.")); return; }
    this.block = place;
    show(segments, this.text);
    const address = new URL(link.href);
    address.searchParams.set("quote", segments[0].exact.replace(/\s+/g, " ").slice(0, 500));
    globalThis.htmx.ajax("GET", address.pathname + address.search, { source: link, target: link.getAttribute("hx-target") });
  }

  /** Where a form was put away with what had the focus, go on at its paragraph. */
  settle() {
    if (document.activeElement !== document.body || !this.block) return;
    const place = document.getElementById(this.block.id);
    place?.querySelector("[data-add=question]")?.focus({ preventScroll: true });
  }

  undo(event) {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || typing(event.target)) return;
    const form = document.getElementById("draft-step");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  }
}

customElements.define("draft-places", DraftPlaces);
