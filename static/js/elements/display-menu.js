/* <display-menu>: around the display form; applies a change at once and keeps it for the person. */
import { announce, gettext, post } from "../lib/dom.js";
import { refused } from "../lib/told.js";

const ATTRIBUTE = { text_size: "size", measure: "measure", theme: "theme", typeface: "font", annotations: "filter" };

class DisplayMenu extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    this.addEventListener("change", this.apply.bind(this), { signal: this.gone.signal });
    this.addEventListener("submit", this.choose.bind(this), { signal: this.gone.signal });
  }

  disconnectedCallback() { this.gone.abort(); }

  /** A button elsewhere on the page that chooses for this form, like “Show them”; it is gone afterwards. */
  choose(event) {
    const { name, value } = event.submitter ?? {};
    const choice = name && this.querySelector(`[name="${name}"][value="${value}"]`);
    if (!choice) return;
    event.preventDefault();
    choice.checked = true;
    this.apply({ target: choice });
    document.getElementById("text")?.focus({ preventScroll: true });
    announce(gettext("All threads are beside the text now."));
  }

  async apply({ target }) {
    const page = document.documentElement.dataset;
    if (target.name === "text_only") page.textonly = target.checked ? "on" : "off";
    else if (target.name === "single_keys") page.keys = target.checked ? "on" : "off";
    else page[ATTRIBUTE[target.name]] = target.value;
    document.dispatchEvent(new CustomEvent("display-changed"));
    const form = this.querySelector("form");
    await post(form.action, new FormData(form)).then(() => form.refusal?.remove(), ({ status, words }) => refused(form, status, words));
  }
}

customElements.define("display-menu", DisplayMenu);
