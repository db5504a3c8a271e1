/* <kept-part>: around the form of a part of a guide's draft, in its <draft-form>. What is typed is kept in the draft as it
 * is typed, not ready, so that a closed tab or another device costs nothing. Without this, a button does it. */
import { gettext, post } from "../lib/dom.js";
import { clientKey, forget, settle, untouched } from "../lib/drafts.js";
import { keepAtRest } from "../lib/keeping.js";
import { showAgain, takeTop, tellKept } from "../lib/kept-state.js";

const REST = 2000; // ms without a key, after which what was written is sent
const MOST_ALIVE = 60_000; // letters that a browser still sends when the page is gone

class KeptPart extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    this.host = this.closest("draft-form");
    this.form = this.host.querySelector("form");
    [this.turn, this.over, this.failed, this.had] = [0, false, false, this.named("kept").value];
    this.begin();
    const { changed, send } = keepAtRest(this.host, { ...options, rest: REST, keep: (isLast) => this.keep(isLast) });
    this.send = send;
    this.host.addEventListener("draft-done", () => { this.over = true; }, options);
    this.host.addEventListener("draft-cancel", () => this.close(this.closest(".draft-block")?.querySelector(".draft-list")), options);
    addEventListener("online", send, options);
    addEventListener("pageshow", ({ persisted }) => persisted && this.begin(), options);
    // Whatever else is done on the page comes after what was typed before it.
    document.addEventListener("submit", ({ target }) => target !== this.form && send(), { ...options, capture: true });
    setTimeout(() => this.isConnected && (untouched(this.form) ? this.hasAttribute("stale") || forget(this.host.key, this.form) : changed())); // what this device had
  }

  disconnectedCallback() { this.send(); this.gone.abort(); }
  named(name) { return this.form.elements.namedItem(name); }
  begin() { this.named("run").value = clientKey(); } // by which the server knows what comes late

  async keep(isLast) {
    if (this.over) return;
    this.named("client_key").value ||= clientKey();
    const fields = new FormData(this.form);
    fields.set("act", "keep");
    fields.set("turn", this.turn += 1);
    this.say(gettext("Keeping…"));
    try {
      const keepalive = `${new URLSearchParams(fields)}`.length < MOST_ALIVE;
      const answer = await post(this.form.getAttribute("action"), fields, { keepalive });
      this.take(answer.headers.get("X-Kept"), await answer.text());
      this.failed = false;
      if (!isLast()) return;
      settle(this.form);
      forget(this.host.key, this.form);
      this.say(gettext("Kept"));
    } catch (error) {
      this.failed = true;
      if (error.status === 409) this.refuse();
      this.say(gettext("Kept on this device"));
      throw error;
    }
  }

  take(kept, top) {
    [this.named("kept").value, this.named("kept_version").value] = kept.split(" ").map((one) => one === "0" ? "" : one);
    if (top) takeTop(top);
  }

  refuse() {
    this.over = true;
    this.host.tell(gettext("Another tab, or somebody else, has written here too. What you write is kept on this device; once you are done, you see both."));
  }

  say(text) { if (!tellKept(text)) this.host.say(text); }

  /** What is kept of it comes into its place. */
  async close(list) {
    await this.send();
    if (list && !this.failed && (this.had || this.named("kept").value)) showAgain(list);
  }
}

customElements.define("kept-part", KeptPart);
