/* <link-lines>: between two texts, the labels of the links whose words are in sight, with lines to these. Drawn once a frame, at most,
 * and never in answer to a scroll itself: all that is read is read first, then all is written. */
import { follows, nextFrame } from "../lib/frames.js";
import { SIDES, bySide, draw, known } from "../lib/link-shapes.js";
import { GAP, isTight, settle, sight, within } from "../lib/pair-labels.js";
import { links, low, narrow, standing } from "../lib/pair-texts.js";

class LinkLines extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const options = { signal: this.gone.signal, passive: true, capture: true };
    this.told = document.querySelector("[data-in-sight]");
    this.end = follows(() => this.read(), (seen) => this.write(seen));
    this.links = links().map((element) => known(element, this.querySelector(".link-lines")));
    this.sizes = new ResizeObserver(nextFrame);
    for (const one of [this, ...document.querySelectorAll(".pane .essay, .link-card")]) this.sizes.observe(one);
    document.querySelector(".two").addEventListener("scroll", nextFrame, options);
    for (const type of ["restack", "htmx:after:swap"]) document.addEventListener(type, nextFrame, options);
    document.fonts.ready.then(nextFrame);
    nextFrame();
  }

  disconnectedCallback() {
    this.gone.abort();
    this.sizes.disconnect();
    this.end();
  }

  /** Everything that this frame needs to know, in one reading. */
  read() {
    const { top, width, height } = this.getBoundingClientRect();
    const items = this.links.map((link) => {
      const at = bySide((side) => {
        const end = standing(link.ends[side].marks, link.ends[side].block);
        return end && { top: end.top - top, bottom: end.bottom - top, y: end.y - top };
      });
      return { link, at, height: link.element.offsetHeight, lane: link.element.offsetLeft, isOpen: "open" in link.element.dataset };
    });
    return { items, width, height, low: low(), narrow: narrow(), isMirrored: getComputedStyle(this).direction === "rtl" };
  }

  write({ items, ...seen }) {
    let changed = false;
    for (const item of items) {
      item.sight = bySide((side) => sight(item.at[side], seen.height));
      const inSight = SIDES.filter((side) => item.sight[side] === "in");
      item.y = inSight.length ? inSight.reduce((sum, side) => sum + item.at[side].y, 0) / inSight.length : seen.height / 2;
      item.isOut = !inSight.length && !item.isOpen;
      const { dataset } = item.link.element;
      for (const side of SIDES) if (dataset[side] !== item.sight[side]) [changed, dataset[side]] = [true, item.sight[side]]; // its height may be another now
    }
    const open = items.find(({ isOpen }) => isOpen);
    const fixed = open && !seen.low ? open : undefined;
    if (fixed) fixed.top = within(fixed.y - fixed.height * .38, GAP, Math.max(GAP, seen.height - fixed.height - 18));
    const tight = isTight(items.filter((item) => !item.isOut && !item.isOpen), seen.height, seen.low);
    if (this.toggleAttribute("data-tight", tight) !== this.tight) [changed, this.tight] = [true, tight];
    const shown = settle(items.filter((item) => !item.isOut && (item === fixed || !item.isOpen)), seen.height, fixed);
    for (const item of items) {
      const isShown = item.isOpen || shown.includes(item);
      item.link.element.toggleAttribute("data-out", !isShown);
      if (isShown && item.top !== undefined) item.link.element.style.setProperty("--y", `${Math.round(item.top)}px`);
      draw(item, isShown && !seen.narrow, seen, open);
    }
    if (this.told) this.told.textContent = this.told.dataset.words.replace("%s", items.filter(({ isOut }) => !isOut).length);
    if (changed) nextFrame();
  }
}

customElements.define("link-lines", LinkLines);
