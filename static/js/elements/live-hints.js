/* <live-hints for="text" src="…/hints/" after="123" threads="…/threads/">: asks what others have said meanwhile, and lets
 * the page tell it where it stands; nothing moves, and nothing is put where somebody writes. [data-here] says how many are here. */
import { tellThreads } from "../lib/arrivals.js";
import { newsAsked, tellBell } from "../lib/bell.js";
import { fragment, ngettext, served } from "../lib/dom.js";
import { isOver, nextWait } from "../lib/hints.js";

export class LiveHints extends HTMLElement {
  connectedCallback() {
    this.essay = served(this);
    this.gone = new AbortController();
    this.wait = 0;
    this.active = Date.now();
    const options = { signal: this.gone.signal, passive: true };
    for (const type of ["keydown", "pointerdown", "scroll"]) addEventListener(type, () => this.sign(), options);
    addEventListener("online", () => this.again(), options);
    document.addEventListener("visibilitychange", () => this.again(), options);
    this.soon(0);
  }

  disconnectedCallback() { this.gone.abort(); clearTimeout(this.timer); }

  /** The reader is there: who was idle is told at once. */
  sign() {
    const idle = Date.now() - this.active > 10_000;
    this.active = Date.now();
    if (idle) this.soon(0);
  }

  /** Who comes back is told what came meanwhile; perhaps they have signed in elsewhere. */
  again() {
    this.over = false;
    this.soon(0);
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.wait = wait;
    if (!document.hidden && !this.over && !this.asking) this.timer = setTimeout(() => this.ask(), wait);
  }

  async ask() {
    this.asking = true;
    const wait = await this.listen().catch(({ status }) => {
      this.over = isOver(status);
      this.tellHere(0); // nobody knows
      return nextWait(this.wait, { failed: true });
    });
    this.asking = false;
    this.soon(wait);
  }

  async listen() {
    const query = new URLSearchParams({ ...this.asked, after: this.getAttribute("after") ?? "", here: this.here ?? "", ...newsAsked() });
    const text = await fragment(`${this.getAttribute("src")}?${query}`);
    if (text) await this.heard(JSON.parse(text));
    return nextWait(this.wait, { quiet: Date.now() - this.active });
  }

  async heard({ after, here, news, threads }) {
    this.tellHere(here);
    tellBell(news);
    if (threads.length) await this.tell(threads);
    if (threads.length) this.active = Date.now();
    this.setAttribute("after", after); // what could not be fetched is asked for again
  }

  tell(threads) { return tellThreads(this.essay, this.getAttribute("threads"), threads); }

  tellHere(here) {
    this.here = here;
    const sign = this.querySelector("[data-here]");
    if (!sign) return;
    sign.hidden = !here;
    sign.textContent = here ? ngettext("%s here", "%s here", here) : "";
  }
}

customElements.define("live-hints", LiveHints);
