/* <checkpoint-result to="quiz-3" name="Checkpoint 1" state="2 of 3 right">: who follows a link of an answered
 * checkpoint into the text finds a link back below that paragraph; and the contents learn of the answer. Without
 * scripting the browser's own Back does the one, and the loaded page has the other. */
import { element, gettext } from "../lib/dom.js";

class CheckpointResult extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    this.section = this.closest(".checkpoint");
    this.section.addEventListener("click", this.follow.bind(this), { signal: this.gone.signal });
    for (const label of document.querySelectorAll(`[data-label="${this.getAttribute("to")}"]`)) {
      label.textContent = `${this.getAttribute("name")} · ${this.getAttribute("state")}`;
    }
  }

  disconnectedCallback() {
    this.gone.abort();
  }

  follow({ target }) {
    const link = target.closest("a[data-source]");
    const place = link && document.getElementById(link.hash.slice(1))?.closest(".block");
    if (!place) return;
    document.querySelector("p.way-back")?.remove();
    const back = element("a", { href: `#${this.getAttribute("to")}` }, gettext("Back to %s").replace("%s", this.getAttribute("name")));
    // After the browser has gone there, which would take the focus away again.
    back.addEventListener("click", () => setTimeout(() => {
      back.parentElement.remove();
      link.focus({ preventScroll: true });
      link.scrollIntoView({ block: "nearest" });
    }));
    (place.closest(".items") ?? place).after(element("p", { class: "way-back" }, back));
  }
}

customElements.define("checkpoint-result", CheckpointResult);
