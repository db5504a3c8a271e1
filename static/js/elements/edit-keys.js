/* <edit-keys for="text">: single keys for all that can be done with a block; undo and redo; the next warning.
 * Never while writing or in a dialog, and not at all where the reader has turned single keys off. */
import { here, inTurn, open, send } from "../lib/desk.js";
import { announce, gettext, letterOf, served, typing } from "../lib/dom.js";

const FORMS = { e: "words", c: "kind", s: "split", n: "note_here", i: "picture" };
const EDITS = { m: "merge", d: "drop", "[": "move_up", "]": "move_down" };
const KINDS = { p: "paragraph", q: "blockquote" };

class EditKeys extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    document.addEventListener("keydown", this.press.bind(this), options);
    document.addEventListener("click", this.click.bind(this), options);
    addEventListener("edit-made", ({ detail }) => setTimeout((from) => this.arrive(detail, from), 50, document.activeElement), options);
  }

  disconnectedCallback() { this.gone.abort(); }

  press(event) {
    if (typing(event.target) || event.target.closest?.("dialog, [popover]") || event.defaultPrevented || event.altKey) return;
    const act = event.ctrlKey || event.metaKey ? this.withControl(event) : this.single(letterOf(event));
    if (!act) return;
    event.preventDefault();
    inTurn(act);
  }

  withControl({ key, shiftKey }) {
    if (key.toLowerCase() === "y" || (key.toLowerCase() === "z" && shiftKey)) return () => this.step("redo");
    return key.toLowerCase() === "z" ? () => this.step("undo") : null;
  }

  single(key) {
    if (document.documentElement.dataset.keys === "off") return null;
    const whole = { u: () => this.step("undo"), r: () => this.step("redo"), w: () => this.warning(), l: () => this.look(), j: () => this.enter(), "?": () => this.keys() };
    if (key in whole) return whole[key];
    if (key in FORMS) return () => this.at((block) => open(block, FORMS[key]));
    if (key in EDITS) return () => this.at((block) => send({ edit: `${EDITS[key]}:${block.dataset.block}` }));
    if (key in KINDS) return () => this.at((block) => send({ edit: `kind:${block.dataset.block}`, kind: KINDS[key] }));
    return /^[1-6]$/.test(key) ? () => this.at((block) => send({ edit: `kind:${block.dataset.block}`, kind: "heading", level: key })) : null;
  }

  at(act) { return here() ? act(here()) : announce(gettext("Go to a block with j or k first")); }

  step(id) {
    const button = document.getElementById(id);
    return button.disabled ? announce(id === "undo" ? gettext("Nothing to undo") : gettext("Nothing to redo")) : button.click();
  }

  keys() { document.querySelector("block-keys dialog").showModal(); }
  /** From elsewhere on the page, go to the first block that is in view. */
  enter() { [...served(this).querySelectorAll(".block > .handle")].find((one) => one.getBoundingClientRect().top > 100)?.focus(); }

  look() { (document.activeElement.closest(".finding") ?? here())?.querySelector('[value^="look:"]')?.click(); }

  click(event) {
    if (event.target.closest('[value="keys"]')) this.keys();
    if (event.target.closest("#next-warning")) { event.preventDefault(); this.warning(); }
  }

  /** Go to the first open warning after the one where the focus is; else to another part of the essay. */
  warning() {
    const open = [...document.querySelectorAll(".finding[data-open]")];
    const passed = (one) => document.activeElement.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
    const elsewhere = document.getElementById("next-warning")?.dataset.elsewhere;
    const next = open.find((one) => passed(one) && !one.contains(document.activeElement));
    if (!next && elsewhere) location.assign(elsewhere);
    else if (open.length) { (next ?? open[0]).focus(); (next ?? open[0]).scrollIntoView({ block: "center" }); }
    else announce(gettext("No warning is left"));
  }
  /** After undo or redo, go from the text to what changed; who has gone on meanwhile, `from` elsewhere, is left there. */
  arrive({ block: key, stepped }, from) {
    const block = document.getElementById(`b-${key}`);
    if (document.activeElement === document.body || (stepped && document.activeElement === from && from.closest("#text"))) (block?.querySelector(":scope > .handle") ?? served(this)).focus({ preventScroll: true });
    block?.scrollIntoView({ block: "nearest" });
  }
}

customElements.define("edit-keys", EditKeys);
