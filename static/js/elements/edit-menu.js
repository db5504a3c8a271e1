/* <edit-menu for="text">: one menu of all that can be done with a block, beside the block whose button
 * was pressed; at the foot of a small screen. Without this, the button is a link to a page with the same. */
import { open, send } from "../lib/desk.js";
import { place, served, touch } from "../lib/dom.js";

const STEP = { ArrowDown: 1, ArrowUp: -1 };

class EditMenu extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    // The cursor in the text stays where it is: it may say where to split.
    served(this).addEventListener("mousedown", (event) => event.target.closest(".handle") && event.preventDefault(), options);
    served(this).addEventListener("click", this.press.bind(this), options);
    this.addEventListener("mousedown", (event) => event.preventDefault(), options);
    this.addEventListener("click", this.choose.bind(this), options);
    this.addEventListener("keydown", this.walk.bind(this), options);
  }

  disconnectedCallback() { this.gone.abort(); }
  get panel() { return this.querySelector("[popover]"); }
  get buttons() { return [...this.querySelectorAll("li:not([hidden]) > button")]; }

  press(event) {
    const handle = event.target.closest(".handle");
    if (!handle || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    this.show(handle);
  }

  show(handle) {
    this.handle = handle;
    this.block = handle.parentElement;
    const { kind } = this.block.dataset;
    for (const item of this.querySelectorAll("[data-words]")) item.hidden = kind === "rule" || kind === "table";
    for (const item of this.querySelectorAll("[data-figure]")) item.hidden = !this.block.querySelector("img");
    this.panel.classList.toggle("at-end", touch());
    this.panel.showPopover();
    if (touch()) this.panel.removeAttribute("style");
    else place(this.panel, handle.getBoundingClientRect());
    this.buttons[0]?.focus({ preventScroll: true });
  }

  choose(event) {
    const button = event.target.closest("button");
    if (!button || !this.block) return;
    event.preventDefault();
    this.panel.hidePopover();
    this.handle.focus({ preventScroll: true });
    if (button.type === "submit") send({ edit: `${button.value}:${this.block.dataset.block}` });
    else open(this.block, button.value);
  }

  walk(event) {
    const { buttons } = this;
    if (event.key === "Escape") this.handle?.focus({ preventScroll: true });
    if (!(event.key in STEP)) return;
    event.preventDefault();
    const at = buttons.indexOf(document.activeElement) + STEP[event.key];
    buttons[(at + buttons.length) % buttons.length].focus();
  }
}

customElements.define("edit-menu", EditMenu);
