/* <place-words for="text">: around the form that places a passage; takes the words selected in the text. */
import { rangeOf } from "../lib/anchor.js";
import { announce, gettext, paint, served } from "../lib/dom.js";

class PlaceWords extends HTMLElement {
  connectedCallback() {
    this.essay = served(this);
    this.gone = new AbortController();
    document.addEventListener("compose", ({ detail }) => this.take(detail.segments), { signal: this.gone.signal });
  }

  disconnectedCallback() { this.gone.abort(); paint("pending", []); }

  take(segments) {
    const form = this.querySelector("form");
    form.elements.namedItem("segments").value = JSON.stringify(segments);
    const chosen = this.querySelector("[data-chosen]");
    chosen.querySelector("[data-quote]").textContent = segments.map(({ exact }) => exact).join(" … ");
    chosen.hidden = false;
    paint("pending", segments.map((each) => rangeOf(each, this.essay)).filter(Boolean));
    const place = form.querySelector('[name="act"][value="place"]');
    place.focus({ preventScroll: true });
    this.scrollIntoView({ block: "center" });
    announce(gettext("Words taken. Press “Place it here”."));
  }
}

customElements.define("place-words", PlaceWords);
