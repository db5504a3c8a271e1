/* <copy-field>: a readonly input and a button that copies what is in it. */
import { copy } from "../lib/copying.js";
import { announce, gettext } from "../lib/dom.js";

class CopyField extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    this.querySelector("button").addEventListener("click", this.copy.bind(this), { signal: this.gone.signal });
  }

  disconnectedCallback() { this.gone.abort(); }

  async copy() {
    const input = this.querySelector("input");
    input.select();
    const told = await copy(input.value) ? gettext("Copied") : gettext("Selected. Copy it with your keyboard.");
    this.querySelector("button").lastChild.textContent = ` ${told}`;
    announce(told);
  }
}

customElements.define("copy-field", CopyField);
