/* <draft-form key="reply-12">: around a form in which people write. Keeps the words on this device
 * until the server has them, posts by Ctrl+Enter, and lets nothing be sent twice. */
import { announce, gettext, signedOut } from "../lib/dom.js";
import { clientKey, forget, forgetOld, keep, restore } from "../lib/drafts.js";

class DraftForm extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    this.cameFrom ??= document.activeElement;
    this.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.save(), 250); }, options);
    this.addEventListener("keydown", this.press, options);
    this.addEventListener("click", ({ target }) => target.closest('[value="cancel"]') && this.cancel(), options);
    this.addEventListener("submit", this.send, { ...options, capture: true });
    this.addEventListener("htmx:after:request", ({ detail: { ctx } }) => this.answered(ctx.response), options);
    this.addEventListener("htmx:error", () => this.failed(), options);
    addEventListener("pageshow", () => this.free(), options);
    addEventListener("pagehide", () => this.form && this.save(), options);
    queueMicrotask(() => this.form && restore(this.key, this.form) && this.say(gettext("Your draft, kept on this device.")));
  }

  disconnectedCallback() { this.gone.abort(); clearTimeout(this.timer); }
  get form() { return this.querySelector("form"); }
  get key() { return this.getAttribute("key"); }
  save() {
    const stored = keep(this.key, this.form);
    if (stored && !navigator.onLine) this.say(gettext("You are offline. Your words are kept on this device."));
  }

  press(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); this.form.requestSubmit(); }
    if (event.key === "Escape" && !event.isComposing) { event.stopPropagation(); this.cancel(); }
  }

  cancel() {
    this.save();
    if (!this.dispatchEvent(new CustomEvent("draft-cancel", { bubbles: true, cancelable: true }))) return;
    const known = this.cameFrom?.isConnected && this.cameFrom !== document.body;
    const back = known ? this.cameFrom : this.closest("details")?.querySelector("summary");
    this.closest("[data-slot]")?.replaceChildren();
    (back ?? document.getElementById("text"))?.focus();
  }

  send(event) {
    if (this.busy) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    for (const id of this.querySelectorAll('[name="client_key"]')) id.value ||= clientKey();
    this.save();
    this.busy = true;
    setTimeout(() => this.mark(this.busy)); // after the form's data have been read
  }

  mark(busy) { for (const button of this.querySelectorAll('[type="submit"]')) button.disabled = busy; }
  free() { this.mark(this.busy = false); }  answered({ status, raw }) {
    this.free();
    if (signedOut(raw)) this.failed(gettext("You have been signed out. Your words are kept: sign in, come back, and they are here."));
    else if (status < 300) this.done();
    else if (status !== 422) this.failed();
  }

  done() {
    forget(this.key);
    for (const field of this.querySelectorAll('textarea, [name="client_key"]')) field.value = "";
    this.say("");
    this.dispatchEvent(new CustomEvent("draft-done", { bubbles: true }));
  }

  failed(text = gettext("Not sent. Your words are kept on this device: try again.")) {
    this.free();
    announce(this.say(text));
  }

  say(text) {
    const line = this.querySelector(".draft-state");
    if (line) { line.textContent = text; line.hidden = !text; }
    return text;
  }
}

customElements.define("draft-form", DraftForm);
forgetOld();
