/* <several-keys for="several">: the decision about several cases by keys, as about one: 1 to 9 choose the reason, Ctrl Enter
 * does it. The focus begins at the reasons, or where none is asked for at what does it. */
import { beginNote } from "../lib/reason-notes.js";
import { letterOf, served, touch, typing } from "../lib/dom.js";

class SeveralKeys extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    document.addEventListener("keydown", this.press.bind(this), options);
    document.addEventListener("change", ({ target }) => beginNote(target), options);
    if (!touch() && document.activeElement === document.body && !this.form.querySelector(".errors")) this.begin();
  }

  disconnectedCallback() { this.gone.abort(); }
  get form() { return served(this); }
  get reasons() { return [...this.form.querySelectorAll('[name="reason"]')]; }

  begin() {
    const first = this.reasons.find(({ checked }) => checked) ?? this.reasons[0] ?? this.form.querySelector("[type=submit]");
    first.focus({ preventScroll: true });
  }

  press(event) {
    if (event.target.closest?.("dialog, [popover]") || event.altKey) return;
    // Enter that is held down since the page before would do it unread.
    if (event.key === "Enter" && event.repeat && this.form.contains(event.target) && !typing(event.target)) { event.preventDefault(); return; }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { this.send(event); return; }
    if (document.documentElement.dataset.keys === "off" || typing(event.target) || event.ctrlKey || event.metaKey) return;
    const reason = /^[1-9]$/.test(letterOf(event)) && this.reasons[letterOf(event) - 1];
    if (!reason) return;
    event.preventDefault();
    reason.click();
    reason.focus();
  }

  send(event) {
    if (event.target !== document.body && !this.form.contains(event.target)) return;
    event.preventDefault();
    this.form.requestSubmit();
  }
}

customElements.define("several-keys", SeveralKeys);
