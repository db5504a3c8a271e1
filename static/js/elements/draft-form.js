/* <draft-form key="reply-12">: around a form in which people write. Keeps the words on this device
 * until the server has them, posts by Ctrl+Enter, and lets nothing be sent twice. */
import { announce, gettext } from "../lib/dom.js";
import { say, sayOffline } from "../lib/draft-state.js";
import { clear, clientKey, closeOthers, forget, forgetOld, keep, restore, takePosted } from "../lib/drafts.js";
import { fits } from "../lib/told.js";

class DraftForm extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    if (!this.contains(document.activeElement)) this.cameFrom ??= document.activeElement;
    closeOthers(this.closest("[data-slot]"));
    for (const type of ["input", "change"]) this.addEventListener(type, () => this.save(), options); // at every key: none is ever waiting
    this.addEventListener("input", ({ target }) => target.value?.includes("@") && this.hasAttribute("readers") && import("../lib/mentions.js").then(({ look }) => look(this, target), () => {}), options);
    this.addEventListener("keydown", this.press, options);
    this.addEventListener("click", ({ target }) => target.closest('[value="cancel"]') && this.cancel(), options);
    this.addEventListener("click", (event) => { const button = event.target.closest("[data-away]"); if (button) { event.preventDefault(); import("../lib/away.js").then(({ away }) => away(button), () => {}); } }, options);
    this.addEventListener("submit", this.send, { ...options, capture: true });
    this.addEventListener("htmx:after:request", ({ target, detail: { ctx } }) => target === this.form && this.answered(ctx), options);
    this.addEventListener("htmx:error", () => this.free(), options);
    addEventListener("storage", (event) => this.form && this.tell(takePosted(this.key, this.form, event, this.hasAttribute("keep"))), options);
    addEventListener("pageshow", () => this.free(), options);
    if (this.hasAttribute("keep")) import("../lib/kept-answers.js").then(({ keepAnswers }) => keepAnswers(this, options), () => {});
    queueMicrotask(() => this.form && (restore(this.key, this.form) ? this.say(gettext("Your draft, kept on this device.")) : this.save()));
  }

  disconnectedCallback() { this.gone.abort(); }
  get form() { return this.querySelector("form"); }
  get key() { return this.getAttribute("key"); }

  /** Keep what is written; when this comes late, what was written before it was here. */
  save() { if (keep(this.key, this.form)) sayOffline(this.form); }

  press(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); this.form.requestSubmit(); }
    if (event.key === "Escape" && !event.isComposing && !this.hasAttribute("stays")) { event.stopPropagation(); this.cancel(); }
  }

  cancel() {
    this.save();
    setTimeout(() => document.dispatchEvent(new CustomEvent("draft-kept", { bubbles: true })));
    if (this.dispatchEvent(new CustomEvent("draft-cancel", { bubbles: true, cancelable: true }))) this.putAway();
  }

  putAway() {
    const slot = this.closest("[data-slot]");
    const opener = slot && document.querySelector(`[hx-target="#${slot.id}"]`); // who came before this was here
    const back = this.cameFrom?.isConnected && this.cameFrom !== document.body ? this.cameFrom : opener ?? this.closest("details")?.querySelector("summary");
    slot?.replaceChildren();
    (back ?? document.getElementById("text"))?.focus();
  }

  send(event) {
    if (this.busy) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    for (const id of this.querySelectorAll('[name="client_key"]')) id.value ||= clientKey();
    this.save();
    this.busy = this.form.hasAttribute("hx-post"); // what leads to another page, app.js sends once
    setTimeout(() => this.mark(this.busy)); // after the form's data have been read
  }

  mark(busy) { for (const button of this.querySelectorAll('[type="submit"]:not([hidden])')) button.disabled = busy; }
  free() { this.mark(this.busy = false); }

  answered(ctx) { this.free(); if (ctx.response.status < 300 && fits(ctx)) this.done(); }

  done() {
    forget(this.key, this.form, true);
    clear(this.form);
    this.say("");
    this.dispatchEvent(new CustomEvent("draft-done", { bubbles: true }));
  }

  say(text) { say(this.form, text); }
  tell(said) { if (said) { this.say(said); announce(said); } }
}

customElements.define("draft-form", DraftForm);
forgetOld();
