/* <edit-dialog for="text">: the forms of a block or a note, in a dialog over the essay. The server makes them
 * (`a[data-form]` and the event `edit-open` say which); without this they are pages of their own. */
import { announce, fragment, gettext, nodes, returnFocus } from "../lib/dom.js";
import { refused } from "../lib/told.js";

class EditDialog extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    document.addEventListener("edit-open", ({ detail }) => this.open(detail.url, detail.from), options);
    document.addEventListener("click", this.follow.bind(this), options);
    addEventListener("edit-made", () => this.close(), options);
    this.addEventListener("draft-cancel", (event) => { event.preventDefault(); this.close(); }, options);
    this.addEventListener("click", ({ target }) => target.closest('[value="close"]') && this.close(), options);
    this.dialog.addEventListener("close", () => this.closed(), options);
  }

  disconnectedCallback() { this.gone.abort(); }
  get dialog() { return this.querySelector("dialog"); }
  get room() { return this.querySelector("[data-content]"); }

  follow(event) {
    const link = event.target.closest("a[data-form]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.open(link.href, link);
  }

  async open(url, from) {
    this.from = from;
    try {
      this.room.replaceChildren(nodes(await fragment(url)));
    } catch ({ status, words }) {
      refused(from, status, words);
      return;
    }
    if (!this.room.querySelector("form")) { announce(gettext("There is nothing of this kind to edit in this block")); return; }
    const first = this.room.querySelector("[data-focus]") ?? this.room.querySelector("input:not([type=hidden]), textarea");
    first.removeAttribute("data-focus"); // nobody else is to focus it, before it is shown
    globalThis.htmx?.process(this.room);
    dispatchEvent(new CustomEvent("htmx:after:swap")); // who waits for new elements looks again
    this.dialog.showModal();
    first.focus();
  }

  close() { if (this.dialog.open) this.dialog.close(); }

  closed() {
    this.room.replaceChildren();
    returnFocus(this.from);
  }
}

customElements.define("edit-dialog", EditDialog);
