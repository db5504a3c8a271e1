/* <security-key options|from>: the form around it is sent with what the person's passkey answers. */
import { announce, element, gettext } from "../lib/dom.js";
import { ask, hasPasskeys } from "../lib/passkeys.js";
import { refused } from "../lib/refusals.js";

class SecurityKey extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    this.form = this.closest("form");
    this.answer = this.form.elements.credential;
    this.answer.value = ""; // a browser fills in what was there before
    this.form.addEventListener("submit", this.begin.bind(this), { signal: this.gone.signal });
    if (!hasPasskeys()) this.say(gettext("This browser has no passkeys here. They need a secure connection (HTTPS)."));
  }

  disconnectedCallback() { this.gone.abort(); }

  async begin(event) {
    if (this.answer.value) return;
    event.preventDefault();
    if (this.waits) return;
    this.waits = true;
    this.said?.remove();
    this.form.refusal?.remove();
    const options = await this.options();
    if (options) await this.send(options);
    this.waits = false;
  }

  async send(options) {
    try {
      this.answer.value = await ask(options, this.form.elements.passwordless?.checked);
      this.form.requestSubmit();
    } catch {
      this.say(gettext("No passkey answered. Try again, or choose another way."));
    }
  }

  /** What the browser is asked for; nothing where the server does not say it, which is told. */
  async options() {
    const from = this.getAttribute("from");
    if (!from) return JSON.parse(this.getAttribute("options"));
    const answer = await fetch(from, { headers: { Accept: "application/json" } }).catch(() => ({}));
    const { request_options: options } = answer.ok ? await answer.json().catch(() => ({})) : {};
    if (!options) refused(this.form, answer.ok ? 0 : answer.status); // what others answer in its place is no answer
    return options;
  }

  say(words) {
    this.said = element("p", { class: "errors" }, words);
    this.prepend(this.said);
    announce(words);
  }
}

customElements.define("security-key", SecurityKey);
