/* <link-cards>: a link is opened by its label or its words, between the texts; followed to its other end; and stepped to from the one
 * before. #l12 in the address opens that one. */
import { announce } from "../lib/dom.js";
import { closeLink, opened, recount, toggleLink } from "../lib/link-opening.js";
import { OTHER, blockOfEnd, currentLink, emphasise, follow, linkOf, links, narrow, reach, show, sideOf } from "../lib/pair-texts.js";

const PARTS = ".link-label, [data-close], [data-go], [data-step], .end-way, .end > .count, [data-text] mark";

class LinkCards extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    const two = document.querySelector(".two");
    two.addEventListener("click", this.press.bind(this), options);
    two.addEventListener("pointerover", ({ target }) => this.point(target), options);
    two.addEventListener("step-link", ({ detail }) => this.step(detail), options);
    for (const type of ["thread-loaded", "htmx:after:swap"]) document.addEventListener(type, recount, options);
    addEventListener("hashchange", () => this.arrive(), options);
    document.fonts.ready.then(() => this.arrive());
  }

  disconnectedCallback() { this.gone.abort(); }

  press(event) {
    const part = event.target.closest(PARTS);
    if (!part || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (part.matches("mark") && (event.target.closest("a, button") || !getSelection().isCollapsed)) return;
    const pk = part.closest("[data-link]")?.dataset.link;
    if (part.matches("a")) event.preventDefault();
    if (part.matches("[data-step]")) this.step(Number(part.dataset.step));
    else if (part.matches("[data-close]")) closeLink();
    else if (part.matches("[data-go]")) follow(pk, part.dataset.go);
    else if (part.matches(".end-way")) follow(pk, OTHER[sideOf(part)]);
    else if (part.matches("mark")) toggleLink(this.under(part), part.closest(".block"));
    else toggleLink(linkOf(pk), part);
  }

  /** Of the links on marked words, the one after the one that is open. */
  under(mark) {
    const all = mark.dataset.mark.split(" ");
    return document.getElementById(all[(all.indexOf(opened()?.id) + 1) % all.length]);
  }

  point(target) {
    const pk = target.closest("mark")?.dataset.mark?.split(" ")[0].slice(1) ?? target.closest(".pair-link")?.dataset.link;
    if (pk !== this.pointed) emphasise(this.pointed = pk);
  }

  /** Go to the link that comes `by` one after the one where the reader is: both of its ends come into sight. */
  step(by) {
    const all = links();
    if (!all.length) return;
    const at = all.findIndex(({ dataset }) => dataset.link === currentLink());
    const link = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length];
    closeLink({ isLeft: true });
    reach(link.dataset.link)?.focus({ preventScroll: true });
    announce(link.querySelector(".link-label").textContent.replace(/\s+/g, " ").trim());
  }

  arrive() {
    const link = /^#l\d+$/.test(location.hash) && document.querySelector(location.hash);
    const side = sideOf(document.getElementById(location.hash.slice(1)));
    if (side && narrow()) show(side);
    if (!link) return;
    reach(link.dataset.link);
    if (link !== opened()) toggleLink(link, blockOfEnd(link.dataset.link, "first"));
  }
}

customElements.define("link-cards", LinkCards);
