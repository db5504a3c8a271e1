/* <pair-panes>: of each of two texts, where the reader is in it, told in its head and in the dock, and the map at its outer edge;
 * the dock switches between them where one is shown at a time. */
import { gettext } from "../lib/dom.js";
import { follows, nextFrame } from "../lib/frames.js";
import { shape } from "../lib/link-shapes.js";
import { OTHER, goBack, paneOf, scroller, show } from "../lib/pair-texts.js";

const put = (shape, values) => { for (const [name, value] of Object.entries(values)) shape.setAttribute(name, value); };

class PairPanes extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    this.panes = Object.keys(OTHER).map((side) => this.known(side));
    this.end = follows(() => this.panes.map((pane) => this.read(pane)), (read) => this.write(read));
    this.sizes = new ResizeObserver(nextFrame);
    for (const { element, scroll, map, back, side } of this.panes) {
      scroll.addEventListener("scroll", nextFrame, { ...options, passive: true });
      this.sizes.observe(element.querySelector(".essay"));
      this.sizes.observe(scroll);
      map.addEventListener("click", ({ offsetY }) => scroll.scrollTo({ top: offsetY / map.clientHeight * scroll.scrollHeight - scroll.clientHeight / 2 }), options);
      back.addEventListener("click", () => goBack(side), options);
    }
    for (const button of document.querySelectorAll(".pair-dock [data-show]")) button.addEventListener("click", () => show(button.dataset.show), options);
    for (const toc of document.querySelectorAll(".toc[popover]")) toc.addEventListener("click", ({ target }) => target.closest("a") && toc.hidePopover(), options);
    show("first");
  }

  disconnectedCallback() {
    this.gone.abort();
    this.sizes.disconnect();
    this.end();
  }

  known(side) {
    const element = paneOf(side);
    const [map, view] = [element.querySelector(".edge-map"), shape("rect", { class: "view" })];
    const ticks = [...element.querySelectorAll("[data-text] mark[aria-details]")].map((mark) => {
      const tick = shape("rect", { class: "tick" });
      tick.toggleAttribute("data-own", "own" in mark.dataset);
      return { mark, tick };
    });
    map.replaceChildren(view, ...ticks.map(({ tick }) => tick));
    return {
      side, element, map, view, ticks, scroll: scroller(side), back: element.querySelector(".place-back"),
      numbers: [...element.querySelectorAll(".block > .num")],
      told: document.querySelectorAll(`[data-place="${side}"]`),
      place: element.querySelector(".pane-place"),
    };
  }

  read(pane) {
    const { scroll, map, numbers } = pane;
    const { top } = scroll.getBoundingClientRect();
    const scrolled = scroll.scrollTop;
    let [least, most] = [0, numbers.length - 1]; // the first paragraph that is not out of sight above
    while (least < most) {
      const half = (least + most) >> 1;
      if (numbers[half].parentElement.getBoundingClientRect().bottom > top + 40) most = half;
      else least = half + 1;
    }
    const total = scroll.scrollHeight;
    const ticks = pane.total === total ? null : pane.ticks.map(({ mark }) => mark.getBoundingClientRect().top - top + scrolled);
    return { pane, scrolled, total, ticks, height: scroll.clientHeight, size: map.clientHeight, width: map.clientWidth, at: numbers[least]?.textContent ?? "" };
  }

  write(read) {
    for (const { pane, scrolled, total, ticks, height, size, width, at } of read) {
      const words = at && gettext("¶ %s of %s").replace("%s", at).replace("%s", pane.place.dataset.of);
      pane.place.dataset.now = at && `¶ ${at}`;
      for (const one of pane.told) if (one.textContent !== words) one.textContent = words;
      if (!size) continue;
      put(pane.view, { x: 0, width, rx: 2, y: scrolled / total * size, height: height / total * size });
      ticks?.forEach((top, index) => put(pane.ticks[index].tick, { x: 0, width, height: 2, y: top / total * size }));
      pane.total = total;
    }
  }
}

customElements.define("pair-panes", PairPanes);
