/* <selection-toolbar for="text">: its buttons (highlight, comment, copy) beside words that were selected.
 * It waits for the selection to settle, by selectionchange alone: Android never fires pointerup after one. */
import { segments } from "../lib/anchor.js";
import { announce, gettext, letterOf, place, served, touch, typing } from "../lib/dom.js";
import { refused } from "../lib/told.js";

const SETTLED = { mouse: 10, keys: 100, touch: 450 }; // ms

class SelectionToolbar extends HTMLElement {
  connectedCallback() {
    this.essay = served(this);
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    for (const [name, value] of Object.entries({ popover: "manual", role: "toolbar", "aria-label": gettext("Selected words"), class: "tool at-end" })) this.setAttribute(name, value);
    addEventListener("pointerdown", ({ pointerType, target }) => { this.by = pointerType === "mouse" ? "mouse" : "touch"; this.down = pointerType === "mouse" && !this.contains(target); }, options);
    addEventListener("pointerup", () => { this.down = false; this.wait(); }, options);
    addEventListener("keydown", this.press.bind(this), options);
    document.addEventListener("selectionchange", () => this.wait(), options);
    this.addEventListener("mousedown", (event) => event.preventDefault(), options); // the selection stays
    this.addEventListener("click", ({ target }) => this.act(target.closest("button")?.value), options);
  }

  disconnectedCallback() { this.gone.abort(); clearTimeout(this.timer); }
  get shown() { return this.matches(":popover-open"); }
  wait() { clearTimeout(this.timer); this.timer = setTimeout(() => this.settle(), SETTLED[this.by ?? "keys"]); }

  settle() {
    if (this.down || this.contains(document.activeElement)) return;
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed || typing(document.activeElement) || !selection.containsNode(this.essay, true)) { this.hide(); return; }
    const range = selection.getRangeAt(0);
    const words = segments(range, this.essay);
    const elsewhere = range.startContainer.parentElement?.closest(".threads, .checkpoint");
    if (!words.length || elsewhere) { this.hide(); return; }
    this.words = words;
    this.show(selection, range);
  }

  show(selection, range) {
    const lines = [...range.getClientRects()].filter(({ width }) => width > 1);
    const at = document.createRange();
    at.setStart(selection.anchorNode, selection.anchorOffset);
    const backward = at.comparePoint(selection.focusNode, selection.focusOffset) < 0;
    if (!this.shown) { this.showPopover(); announce(this.getAttribute("told") ?? gettext("Words selected. Press A to comment, Escape to dismiss.")); }
    if (touch()) this.style.top = this.style.left = "";
    else place(this, lines.at(backward ? 0 : -1) ?? range.getBoundingClientRect(), { above: backward });
  }

  hide() {
    this.words = null;
    if (this.shown) this.hidePopover();
  }

  press(event) {
    if (!["Shift", "Control", "Alt", "Meta"].includes(event.key)) this.by = "keys";
    if (!this.shown || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { getSelection().collapseToEnd(); this.hide(); }
    if (letterOf(event) !== "a" || document.documentElement.dataset.keys === "off") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.act(this.getAttribute("first") ?? "comment");
  }

  act(kind) {
    if (!kind || !this.words) return;
    const [segments, [{ block }]] = [this.words, this.words];
    const at = this.essay.querySelector(`.block[data-block="${CSS.escape(block)}"]`);
    const copy = { link: "copyLink", source: "copyWithSource" }[kind];
    if (copy) { import("../lib/copying.js").then((copying) => copying[copy](segments, at, this), () => refused(at)); return; }
    this.hide();
    getSelection().removeAllRanges();
    at.dispatchEvent(new CustomEvent("compose", { bubbles: true, detail: { block, segments, kind } }));
  }
}

customElements.define("selection-toolbar", SelectionToolbar);
