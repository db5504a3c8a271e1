/* <review-keys for="queue">: one key per action in the review queue, and the address of the case that is open. What
 * needs no reason is done at once, be it by key or by a press; the others ask for one, then Ctrl Enter. Never while
 * writing, nor where single keys are off. */
import { announce, gettext, letterOf, served, typing } from "../lib/dom.js";
import { beginNote } from "../lib/reason-notes.js";

const STEP = { j: "next", k: "prev" };

class ReviewKeys extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    document.addEventListener("keydown", this.press.bind(this), options);
    document.addEventListener("click", this.click.bind(this), options);
    document.addEventListener("change", ({ target }) => beginNote(target), options);
    addEventListener("htmx:after:swap", () => this.arrive(), options);
    if (this.queue.querySelector("[data-chosen]") && document.activeElement === document.body) this.case?.focus({ preventScroll: true });
  }

  disconnectedCallback() { this.gone.abort(); }
  get queue() { return served(this); }
  get case() { return this.queue.querySelector("[data-case]"); }
  get form() { return this.queue.querySelector(".decide"); }

  press(event) {
    if (event.target.closest?.("dialog, [popover]") || event.altKey) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return this.send(event);
    if (document.documentElement.dataset.keys === "off" || typing(event.target) || event.ctrlKey || event.metaKey) return;
    const act = this.act(letterOf(event));
    if (act) event.preventDefault();
    act?.();
  }

  act(key) {
    if (key in STEP) return () => this.go(STEP[key]);
    if (key === "?") return () => this.querySelector("dialog").showPopover();
    if (key === "z") return () => this.queue.querySelector('[data-key="z"]')?.click() ?? announce(gettext("Nothing to undo"));
    if (/^[1-9]$/.test(key)) return () => this.choose(this.form?.querySelector("[data-needs-reason]:checked") && this.form.querySelectorAll('[name="reason"]')[key - 1]);
    return /^[dprhx]$/.test(key) ? () => this.decide(this.form?.querySelector(`[data-key="${key}"]`)) : null;
  }

  go(way) {
    const link = this.queue.querySelector(`[rel="${way}"]`);
    return link ? link.click() : announce(way === "next" ? gettext("This is the last case") : gettext("This is the first case"));
  }

  decide(radio) {
    if (!radio) return announce(this.queue.querySelector("[data-undecidable]")?.textContent.trim().replace(/\s+/g, " ") ?? gettext("That cannot be decided here"));
    radio.checked = true;
    if (!("needsReason" in radio.dataset)) return this.form.requestSubmit();
    (this.form.querySelector('[name="reason"]:checked') ?? this.form.querySelector('[name="reason"]')).focus();
    return announce(gettext("Choose a reason, then press Ctrl Enter"));
  }

  choose(reason) {
    reason?.click();
    reason?.focus();
  }

  send(event) {
    if (!this.form?.querySelector('[name="decision"]:checked') || !this.queue.contains(event.target)) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  /** A press by mouse or finger on what needs no reason: a radio that arrow keys reach is only chosen. */
  click({ target, detail }) {
    const radio = detail && target.closest(".act") && !target.matches("input") && target.closest(".act").querySelector("input");
    if (radio && !("needsReason" in radio.dataset)) setTimeout(() => this.decide(radio));
  }

  arrive() {
    history.replaceState(history.state, "", this.queue.dataset.address);
    const top = this.case?.getBoundingClientRect().top ?? 0;
    if (top < 0 || top > innerHeight / 2) this.case?.scrollIntoView({ block: "start" });
  }
}

customElements.define("review-keys", ReviewKeys);
