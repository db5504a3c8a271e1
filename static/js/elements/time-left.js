/* <time-left until="1764500000">: counts down to a moment of the server's clock, in a checkpoint's form. What is
 * answered is kept as the end comes near, and handed in when it is there. Without this the moment stands beside it,
 * and the server takes what was kept by then. */
import { announce, gettext, ngettext } from "../lib/dom.js";

const KEEP_AT = 3; // seconds before the end: what was typed last is on its way by then
const AGAIN_MS = 15_000;
const SAID_AT = [300, 60, 10]; // seconds before the end, to those who listen

class TimeLeft extends HTMLElement {
  async connectedCallback() {
    this.gone = new AbortController();
    this.end = Number(this.getAttribute("until")) * 1000;
    this.off = 0;
    this.said = Infinity;
    this.timer = setInterval(() => this.tell(), 500);
    this.tell();
    await this.ask();
  }

  disconnectedCallback() { this.gone.abort(); clearInterval(this.timer); }
  get left() { return Math.ceil((this.end - Date.now() - this.off) / 1000); }

  /** How far this device's clock is from the server's, to a second. */
  async ask() {
    try {
      const { headers } = await fetch(this.getAttribute("clock"), { method: "HEAD", cache: "no-store", signal: this.gone.signal });
      const now = Date.parse(headers.get("Date") ?? "");
      if (now && Math.abs(now - Date.now()) > 2000) this.off = now - Date.now();
    } catch { /* the device's own clock has to do; the server judges by its own */ }
  }

  tell() {
    const left = Math.max(0, this.left);
    const [minutes, seconds] = [Math.floor(left / 60), left % 60];
    this.textContent = left ? `${minutes}:${String(seconds).padStart(2, "0")}` : gettext("Time is up.");
    const mark = Math.min(...SAID_AT.filter((one) => left <= one));
    if (left && mark < this.said) { this.said = mark; announce(ngettext("%s second left", "%s seconds left", left), "time-left"); }
    if (left <= KEEP_AT && !this.isKept) { this.isKept = true; this.closest("draft-form").dispatchEvent(new CustomEvent("draft-keep")); }
    if (this.left <= -1 && Date.now() > (this.again ?? 0)) this.handIn();
  }

  /** Until the form is gone, for what came of it stands there then: a lost connection may come back. */
  handIn() {
    this.again = Date.now() + AGAIN_MS;
    announce(gettext("Time is up: your answers are handed in."), "time-left");
    this.closest("form").requestSubmit(this.closest("form").querySelector(".acts [type=submit]"));
  }
}

customElements.define("time-left", TimeLeft);
