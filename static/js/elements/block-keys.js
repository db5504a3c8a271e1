/* <block-keys for="text">: one tab stop for all block buttons, and single keys with the focus in the essay or nowhere.
 * Never while writing, never with a modifier, and not at all where the reader has turned them off. */
import { blockOf } from "../lib/anchor.js";
import { letterOf, served } from "../lib/dom.js";
import { again, forText, inView } from "../lib/single-keys.js";

export { again };

const STEP = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

class BlockKeys extends HTMLElement {
  connectedCallback() {
    this.essay = served(this);
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    this.essay.addEventListener("keydown", this.press.bind(this), options);
    this.essay.addEventListener("focusin", ({ target }) => { if (target.matches(".handle")) { this.been = true; this.rove(target); } }, options);
    addEventListener("htmx:after:swap", () => this.rove(this.current), options);
    addEventListener("keydown", (event) => event.key === "?" ? this.help(event) : event.target === document.body && this.press(event), options);
    this.rove(this.handles[0]);
  }

  disconnectedCallback() { this.gone.abort(); }

  get handles() { return [...this.essay.querySelectorAll(".block > .handle")].filter((handle) => handle.offsetParent); }

  /** Make `current` the one handle that Tab reaches. */
  rove(current) {
    const all = [...this.essay.querySelectorAll(".block > .handle")];
    this.current = all.includes(current) ? current : all[0];
    for (const handle of all) handle.tabIndex = handle === this.current ? 0 : -1;
  }

  press(event) {
    if (!forText(event, this.essay)) return;
    if (event.key === "Escape") this.close(event.target);
    const onHandle = event.target.matches(".handle");
    const key = letterOf(event);
    const arrows = event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End";
    if (arrows ? !onHandle : document.documentElement.dataset.keys === "off") return;
    const handles = this.handles;
    const at = handles.indexOf(onHandle ? event.target : this.here(event.target));
    const next = at < 0 ? handles.findIndex(inView) : at + STEP[key];
    const to = { Home: 0, End: handles.length - 1 }[event.key] ?? (key in STEP ? Math.max(0, next) : undefined);
    if (to !== undefined && handles[to]) this.go(handles[to], event);
    else if (key === "a" && at >= 0) {
      event.preventDefault();
      handles[at].dispatchEvent(new CustomEvent("pick-sentence", { bubbles: true, detail: { handle: handles[at] } }));
    }
  }

  /** The handle of the block that holds `target`, else the one where the keys have been last, if it is in view. */
  here(target) {
    const block = blockOf(target);
    return block?.querySelector(":scope > .handle") ?? (this.been && inView(this.current) ? this.current : null);
  }

  go(handle, event) {
    event.preventDefault();
    handle.focus({ preventScroll: true });
    handle.parentElement.scrollIntoView({ block: "nearest" });
  }

  /** Close what is open where `target` is: what a comment has opened, all that its block's button has, else one thread. */
  close(target) {
    const [block, open] = [".block", "details[open]"].map((part) => target.closest(part));
    if (document.querySelector(":popover-open")) return; // which the browser closes
    if ((!open || open.matches(".thread")) && block?.querySelector(":scope > .threads > .writing")) block.querySelector(":scope > .handle").click();
    else if (open) { open.open = false; open.querySelector("summary").focus(); }
  }

  help(event) {
    if (!forText(event, this.essay) || document.documentElement.dataset.keys === "off") return;
    event.preventDefault();
    this.querySelector("dialog")?.showPopover();
  }
}

customElements.define("block-keys", BlockKeys);
