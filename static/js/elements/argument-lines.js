/* <argument-lines>: the row of a link under the pointer or the focus marks its line on the map, and the line its row. */
class ArgumentLines extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    this.addEventListener("pointerover", ({ target }) => this.mark(target.closest("[data-link]") ?? this.focused), options);
    this.addEventListener("pointerleave", () => this.mark(this.focused), options);
    this.addEventListener("focusin", () => this.mark(this.focused), options);
    this.addEventListener("focusout", () => this.mark(null), options);
  }

  disconnectedCallback() {
    this.gone.abort();
    this.mark(null);
  }

  get focused() { return this.contains(document.activeElement) ? document.activeElement.closest("[data-link]") : null; }

  mark(one) {
    const link = one?.dataset.link;
    if (link === this.link) return;
    this.link = link;
    for (const other of this.querySelectorAll("[data-link]")) other.toggleAttribute("data-on", other.dataset.link === link);
  }
}

customElements.define("argument-lines", ArgumentLines);
