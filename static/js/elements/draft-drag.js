/* <draft-drag for="text">: items of a guide's draft are dragged by their handle to another place among those of a
 * paragraph, or to another paragraph; questions, within their checkpoint. The arrows do the same without this. */
import { announce, element, gettext, served } from "../lib/dom.js";
import { placeAt, scrollAt, showLine } from "../lib/dragging.js";

const FAR = 5; // px: less is a press

class DraftDrag extends HTMLElement {
  connectedCallback() {
    this.text = served(this);
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    this.line = element("div", { class: "drop-line" });
    this.text.setAttribute("data-draggable", "");
    this.text.addEventListener("pointerdown", (event) => this.take(event), options);
    document.addEventListener("pointermove", ({ clientY }) => this.move(clientY), options);
    document.addEventListener("pointerup", () => this.drop(), options);
    document.addEventListener("pointercancel", () => this.leave(), options);
    document.addEventListener("keydown", (event) => this.press(event), { ...options, capture: true });
  }

  disconnectedCallback() { this.leave(); this.gone.abort(); }

  take(event) {
    const handle = event.target.closest("[data-drag]");
    if (!handle || event.button || this.held) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    this.held = { handle, part: handle.closest(handle.dataset.drag), from: event.clientY };
  }

  move(y) {
    if (!this.held || (!this.place && Math.abs(y - this.held.from) < FAR)) return;
    this.text.setAttribute("data-dragging", "");
    this.held.part.setAttribute("data-dragged", "");
    this.show(this.y = y);
    this.frame ??= requestAnimationFrame(() => this.scroll());
  }

  show(y) {
    this.place = placeAt(y, this.held.part, this.text);
    showLine(this.line, this.place);
  }

  /** Held near an edge, the page goes on under it. */
  scroll() {
    this.frame = null;
    const far = this.place ? scrollAt(this.y) : 0;
    if (!far) return;
    scrollBy({ top: far, behavior: "instant" });
    this.show(this.y);
    this.frame = requestAnimationFrame(() => this.scroll());
  }

  press(event) {
    if (!this.held || event.key !== "Escape") return;
    event.stopPropagation();
    this.leave();
  }

  drop() {
    const { held, place } = this;
    this.leave();
    if (!place || place.isSame) return;
    const { elements } = held.handle;
    elements.namedItem("before").value = place.before?.id.slice(1) ?? "0";
    elements.namedItem("paragraph").value = place.block?.dataset.number ?? "";
    announce((place.block ? gettext("Moved to ¶ %s.") : gettext("Moved to place %s.")).replace("%s", place.block?.dataset.number ?? place.number));
    held.handle.requestSubmit();
  }

  leave() {
    this.held?.part.removeAttribute("data-dragged");
    this.text.removeAttribute("data-dragging");
    this.line.remove();
    this.held = this.place = null;
  }
}

customElements.define("draft-drag", DraftDrag);
