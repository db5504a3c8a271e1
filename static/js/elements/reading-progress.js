/* <reading-progress for="text" save="…/place/" words="3120">: how far one has read; the place is kept on the
 * server, at most every ten seconds and when the page is left. Holds [data-where]; .progress is its bar. With
 * part="40" the page has that much of the text, in percent, and ends at a checkpoint. */
import { gettext, ngettext, post, served, touch } from "../lib/dom.js";

const PAUSE = 10_000; // ms between two saved places
const PACE = 230; // words a minute, a careful reader's

class ReadingProgress extends HTMLElement {
  connectedCallback() {
    this.essay = served(this);
    this.gone = new AbortController();
    this.blocks = [...this.essay.querySelectorAll(".block")];
    this.entries = [...document.querySelectorAll(".toc ol > li:has(> a)")].map((item) => ({ item, target: document.getElementById(item.querySelector("a").hash.slice(1)) })).filter(({ target }) => target);
    this.furthest = Number(this.getAttribute("furthest") ?? 0);
    this.part = Number(this.getAttribute("part") ?? 100);
    const options = { signal: this.gone.signal, passive: true };
    addEventListener("scroll", () => this.soon(), options);
    addEventListener("resize", () => this.soon(), options);
    addEventListener("pagehide", () => this.save(true), options);
    document.addEventListener("visibilitychange", () => document.hidden && this.save(true), options);
    this.soon();
  }

  disconnectedCallback() {
    this.gone.abort();
    clearTimeout(this.timer);
  }

  soon() { this.frame ??= requestAnimationFrame(() => { this.frame = null; this.look(); }); }

  /** The last of `elements` (in reading order) that begins above `line`, or -1. */
  last(elements, line) {
    let [low, high] = [0, elements.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (elements[middle].getBoundingClientRect().top <= line) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  look() {
    const line = innerHeight * .4;
    const ends = document.getElementById("notes")?.getBoundingClientRect() ?? this.essay.getBoundingClientRect();
    const bottom = ends.top > this.essay.getBoundingClientRect().top ? ends.top : ends.bottom;
    const { top } = this.essay.getBoundingClientRect();
    const read = Math.min(1, Math.max(0, (innerHeight - top) / (bottom - top) || 0));
    const at = this.last(this.blocks, line);
    this.read = scrollY < 40 ? 0 : read;
    this.block = this.blocks[Math.max(0, at)]?.dataset.block;
    document.querySelector(".progress")?.style.setProperty("--read", this.read);
    this.tell(this.last(this.entries.map(({ target }) => target), line));
    if (this.block !== this.saved && !this.timer && scrollY > 40) this.timer = setTimeout(() => { this.timer = null; this.save(); }, PAUSE);
  }

  tell(current) {
    const sections = this.entries.filter(({ item }) => !item.matches(".toc-sub"));
    const names = [...new Set(sections.map(({ target }) => target))];
    const section = this.last(names, innerHeight * .4) + 1;
    const minutes = Math.ceil((Number(this.getAttribute("words")) * (1 - this.read)) / PACE);
    const where = [names.length > 1 && !touch() && gettext("section %(section)s of %(sections)s").replace("%(section)s", Math.max(1, section)).replace("%(sections)s", names.length), minutes ? ngettext("%s min left", "%s min left", minutes) : this.part < 100 ? gettext("read to the checkpoint") : gettext("read to the end")].filter(Boolean).join(" · ");
    const line = this.querySelector("[data-where]");
    if (line && line.textContent !== where) line.textContent = where;
    for (const percent of document.querySelectorAll("[data-percent]")) percent.textContent = `${Math.round(this.read * this.part)} %`;
    const target = this.entries[current]?.target;
    for (const entry of this.entries) entry.item.ariaCurrent = entry.target === target ? "true" : null;
  }

  save(leaving = false) {
    this.furthest = Math.max(this.furthest, Math.round(this.read * this.part));
    if (!this.getAttribute("save") || !this.block || this.block === this.saved || scrollY <= 40) return;
    this.saved = this.block;
    post(this.getAttribute("save"), { block: this.block, progress: this.furthest }, { keepalive: leaving }).catch(() => { this.saved = null; });
  }
}

customElements.define("reading-progress", ReadingProgress);
