/* <review-keys for="queue">: one key per action in the review queue. j and k go from case to case; h goes to
 * the reason, and hides once there is one; d dismisses. Never while writing, nor where single keys are off. */
import { announce, gettext, letterOf, served, typing } from "../lib/dom.js";

class ReviewKeys extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    document.addEventListener("keydown", this.press.bind(this), { signal: this.gone.signal });
  }

  disconnectedCallback() { this.gone.abort(); }

  get cases() { return [...served(this).querySelectorAll("[data-case]")]; }
  get current() { return document.activeElement.closest("[data-case]"); }

  press(event) {
    const off = document.documentElement.dataset.keys === "off" || typing(event.target) || event.target.closest?.("dialog, [popover]");
    if (off || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { j: () => this.go(1), k: () => this.go(-1), h: () => this.hide(), d: () => this.decide("dismiss") }[letterOf(event)];
    if (!act) return;
    event.preventDefault();
    act();
  }

  go(step) {
    const { cases } = this;
    const at = cases.indexOf(this.current);
    const next = cases[at < 0 ? 0 : Math.min(Math.max(at + step, 0), cases.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "start" });
  }

  hide() {
    const reason = this.current?.querySelector('[name="reason"]');
    if (!reason) return this.say();
    if (reason.value) return this.decide("hide");
    reason.focus();
    return announce(gettext("Choose a reason, then press Hide"));
  }

  decide(decision) {
    const button = this.current?.querySelector(`button[value="${decision}"]`);
    return button ? button.click() : this.say();
  }

  /** Why the key did nothing: there is no case, or somebody else decides this one, which it says itself. */
  say() { announce(this.current?.querySelector("[data-undecidable]")?.textContent.trim().replace(/\s+/g, " ") ?? gettext("Go to a case with j or k first")); }
}

customElements.define("review-keys", ReviewKeys);
