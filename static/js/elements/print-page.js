/* <print-page>: its button prints the page, with the threads that the reader has chosen to see. */
class PrintPage extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    this.addEventListener("click", ({ target }) => target.closest("button") && print(), { signal: this.gone.signal });
  }

  disconnectedCallback() { this.gone.abort(); }
}

customElements.define("print-page", PrintPage);
