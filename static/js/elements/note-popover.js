/* <note-popover for="text">: the essay's own note beside its reference; the list at the end stays the place
 * that the reference leads to. */
import { element, gettext, place, served } from "../lib/dom.js";

class NotePopover extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    this.panel = element("div", { class: "popover note-pop", popover: "auto", role: "note", tabindex: "-1" });
    this.append(this.panel);
    const options = { signal: this.gone.signal };
    served(this).addEventListener("click", this.press.bind(this), options);
    this.panel.addEventListener("click", ({ target }) => target.closest(".to-list") && this.panel.hidePopover(), options);
    this.panel.addEventListener("keydown", ({ key }) => key === "Escape" && this.from?.focus(), options);
  }

  disconnectedCallback() {
    this.gone.abort();
    this.panel.remove();
  }

  press(event) {
    const reference = event.target.closest(".fn");
    if (!reference || event.ctrlKey || event.metaKey || event.button) return;
    const note = document.getElementById(reference.hash.slice(1))?.querySelector(".note-text");
    if (!note) return;
    event.preventDefault();
    this.from = reference;
    const copy = note.cloneNode(true);
    for (const each of copy.querySelectorAll("[id]")) each.removeAttribute("id");
    this.panel.replaceChildren(copy, element("a", { class: "to-list", href: reference.hash }, gettext("In the list of notes")));
    this.panel.ariaLabel = reference.ariaLabel;
    this.panel.showPopover();
    place(this.panel, reference.getBoundingClientRect());
    this.panel.focus({ preventScroll: true });
  }
}

customElements.define("note-popover", NotePopover);
