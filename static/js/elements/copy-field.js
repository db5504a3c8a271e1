/* <copy-field>: a readonly input and a button that copies what is in it. */
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
    try {
      await navigator.clipboard.writeText(input.value);
      this.querySelector("button").lastChild.textContent = ` ${gettext("Copied")}`;
      announce(gettext("Copied"));
    } catch {
      announce(gettext("Selected. Copy it with your keyboard."));
    }
  }
}

customElements.define("copy-field", CopyField);
