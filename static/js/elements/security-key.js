/* <security-key options|from>: the form around it is sent with what the person's passkey answers. */
import { announce, element, gettext } from "../lib/dom.js";
import { ask, hasPasskeys } from "../lib/passkeys.js";

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
    try {
      this.answer.value = await ask(await this.options(), this.form.elements.passwordless?.checked);
      this.form.requestSubmit();
    } catch {
      this.say(gettext("No passkey answered. Try again, or choose another way."));
    }
    this.waits = false;
  }

  async options() {
    const from = this.getAttribute("from");
    if (!from) return JSON.parse(this.getAttribute("options"));
    const answer = await fetch(from, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options;
  }

  say(words) {
    this.said = element("p", { class: "errors" }, words);
    this.prepend(this.said);
    announce(words);
  }
}

customElements.define("security-key", SecurityKey);
