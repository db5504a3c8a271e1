/* <case-drafts for="queue">: who takes a case gives back what they had open before, but not the cases in which words
 * of theirs are half written on this device: which these are is said with the request that takes it. */
import { served } from "../lib/dom.js";
import { draftsOf } from "../lib/drafts.js";

const DECISION = /reviews\/(\d+)\/decision\/$/;

class CaseDrafts extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    addEventListener("htmx:config:request", ({ detail: { ctx } }) => this.say(ctx), { signal: this.gone.signal });
  }

  disconnectedCallback() { this.gone.abort(); }

  say({ sourceElement, request }) {
    if (!sourceElement.matches(".claim [value='1']") || !served(this).contains(sourceElement)) return;
    for (const { target } of draftsOf(location.pathname)) {
      const [, key] = DECISION.exec(target) ?? [];
      if (key) request.body.append("keep", key);
    }
  }
}

customElements.define("case-drafts", CaseDrafts);
