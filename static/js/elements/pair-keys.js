/* <pair-keys>: each of two texts is one stop for Tab, its paragraph of the moment; single keys go on from there. Never while writing,
 * never with a modifier, and not at all where the reader has turned them off: then every link in the texts is a stop of its own. */
import { letterOf, typing } from "../lib/dom.js";
import { closeLink, opened, toggleLink } from "../lib/link-opening.js";
import { blocksOf, inside, moment, unstop } from "../lib/pair-blocks.js";
import { OTHER, currentLink, follow, goBack, linkOf, linksOfBlock, narrow, show, sideOf } from "../lib/pair-texts.js";

class PairKeys extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    document.addEventListener("keydown", ({ key, defaultPrevented }) => key === "Escape" && !defaultPrevented && !document.querySelector(":popover-open") && closeLink(), options);
    if (document.documentElement.dataset.keys === "off") return;
    this.current = {};
    for (const side of ["second", "first"]) {
      unstop(side);
      this.rove(side, blocksOf(side)[0]);
    }
    document.addEventListener("keydown", this.press.bind(this), options);
    document.querySelector(".two").addEventListener("focusin", ({ target }) => {
      const block = target.closest(".essay .block");
      if (block) this.rove(sideOf(block), block);
    }, options);
  }

  disconnectedCallback() { this.gone.abort(); }

  /** Make `block` the stop of its text. */
  rove(side, block) {
    if (this.current[side]) this.current[side].tabIndex = -1;
    block.tabIndex = 0;
    this.current[side] = block;
    this.side = side;
  }

  go(block) {
    if (!block) return;
    if (narrow()) show(sideOf(block));
    block.focus({ preventScroll: true });
    block.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    const { target, ctrlKey, metaKey, altKey, defaultPrevented } = event;
    if (ctrlKey || metaKey || altKey || defaultPrevented || typing(target) || target.closest("dialog, .popover")) return;
    const block = target.closest(".essay .block");
    const side = sideOf(target) ?? (narrow() ? document.documentElement.dataset.shown : this.side);
    if (this.act(letterOf(event), event, { block, side, isOn: target === block })) event.preventDefault();
  }

  /** Do what the key says; whether it said anything. */
  act(key, event, { block, side, isOn }) {
    const of = block ? linksOfBlock(block) : [];
    const open = opened()?.dataset.link;
    if (key === "j" || key === "k") this.step(side, block, key === "j" ? 1 : -1);
    else if (key === "Tab" && isOn && event.shiftKey === (side === "second")) this.go(moment(OTHER[side], this.current[OTHER[side]]));
    else if ((key === "ArrowRight" || key === "ArrowLeft") && block) inside(block, event);
    else if (key === "Enter" && isOn && of.length) toggleLink(linkOf(this.of(of, open)), block);
    else if (key === "g" && (open || of.length)) this.go(follow(open ?? of[0], OTHER[side]));
    else if (key === "b") goBack();
    else if (key === "n" || key === "p") document.querySelector(".two").dispatchEvent(new CustomEvent("step-link", { detail: key === "n" ? 1 : -1 }));
    else if (key === "?") document.getElementById("keys").showPopover();
    else return false;
    return true;
  }

  /** Of a paragraph's links, the one after that which is open, or the one that was stepped to. */
  of(all, open) {
    const next = all.includes(open) ? all[all.indexOf(open) + 1] : currentLink();
    return all.includes(next) ? next : all[0];
  }

  step(side, block, by) {
    const all = blocksOf(side);
    const at = all.indexOf(block);
    this.go(at < 0 ? moment(side, this.current[side]) : all[Math.max(0, Math.min(all.length - 1, at + by))]);
  }
}

customElements.define("pair-keys", PairKeys);
