/* <sentence-picker for="text">: the page on which words are picked without selecting them, in a dialog.
 * The server makes it: sentences to tick, or words to paste or type; without this it is a page of its own. */
import { announce, fragment, gettext, nodes, returnFocus, served } from "../lib/dom.js";
import { refused } from "../lib/told.js";

class SentencePicker extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    served(this).addEventListener("pick-sentence", ({ detail }) => this.open(detail.handle), options);
    addEventListener("thread-posted", () => this.close(), options);
    this.addEventListener("draft-cancel", (event) => { event.preventDefault(); this.close(); }, options);
    this.addEventListener("click", ({ target }) => target.closest('[value="close"]') && this.close(), options);
    this.dialog?.addEventListener("close", () => returnFocus(this.handle), options);
  }

  disconnectedCallback() { this.gone.abort(); }

  get dialog() { return this.querySelector("dialog"); }

  async open(handle) {
    this.handle = handle;
    const room = this.dialog.querySelector("[data-content]");
    try {
      const answer = nodes(await fragment(handle.href));
      room.replaceChildren(answer.querySelector("#picker") ?? answer);
    } catch ({ status, words }) {
      refused(handle, status, words);
      return;
    }
    globalThis.htmx?.process(room);
    this.dialog.showModal();
    room.querySelector("input:not([type=hidden])")?.focus();
    announce(gettext("Choose sentences, or paste or type the words"));
  }

  close() { if (this.dialog?.open) this.dialog.close(); }
}

customElements.define("sentence-picker", SentencePicker);
