/* <choose-rows>: a table whose rows have a box each. One more in the head ticks them all, and how many are ticked is said. */
import { announce, gettext, ngettext } from "../lib/dom.js";

class ChooseRows extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    this.head?.append(this.made());
    this.addEventListener("change", ({ target }) => this.changed(target), { signal: this.gone.signal });
    this.tell();
  }

  disconnectedCallback() { this.gone.abort(); }

  get head() { return this.querySelector("thead .tick"); }
  get boxes() { return [...this.querySelectorAll("tbody .tick input")]; }

  made() {
    const label = document.createElement("label");
    this.all = Object.assign(document.createElement("input"), { type: "checkbox", ariaLabel: gettext("All of them") });
    label.append(this.all);
    return label;
  }

  changed(target) {
    if (target === this.all) for (const box of this.boxes) box.checked = this.all.checked;
    announce(this.tell() || gettext("None ticked"), "ticked");
  }

  tell() {
    const ticked = this.boxes.filter(({ checked }) => checked).length;
    if (this.all) Object.assign(this.all, { checked: ticked > 0 && ticked === this.boxes.length, indeterminate: ticked > 0 && ticked < this.boxes.length });
    const words = ticked ? ngettext("%s ticked", "%s ticked", ticked) : "";
    this.querySelector("[data-ticked]").textContent = words;
    return words;
  }
}

customElements.define("choose-rows", ChooseRows);
