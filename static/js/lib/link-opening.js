/* The conversation of a link between two texts: opened between them, one at a time. */
import { loadBody } from "./thread-body.js";
import { OTHER, blockOfEnd, currentLink, emphasise, low, marksOf, narrow, scroller, standing } from "./pair-texts.js";

export const opened = () => document.querySelector(".pair-link[data-open]");
let opener;

/** Open a link, or close it where it is open; `from` is where the focus returns to. */
export function toggleLink(link, from) {
  if (!link || link === opened()) return closeLink();
  closeLink({ isLeft: true });
  opener = from;
  currentLink(link.dataset.link);
  const card = link.querySelector(".link-card");
  card.hidden = false;
  link.setAttribute("data-open", "");
  link.removeAttribute("data-out"); // or it could not have the focus before the next frame
  link.querySelector(".link-label").ariaExpanded = "true";
  link.querySelector(".link-label > .dot")?.remove();
  document.documentElement.setAttribute("data-quiet", "");
  emphasise(link.dataset.link);
  if (low()) uncover((side) => standing(marksOf(link.dataset.link, side), blockOfEnd(link.dataset.link, side)));
  card.focus({ preventScroll: true });
  return loadBody(card);
}

/** Close what is open; the focus stays where it is for who has left already. */
export function closeLink({ isLeft = false } = {}) {
  const link = opened();
  if (!link) return;
  const label = link.querySelector(".link-label");
  link.removeAttribute("data-open");
  link.querySelector(".link-card").hidden = true;
  label.ariaExpanded = "false";
  document.documentElement.removeAttribute("data-quiet");
  emphasise();
  if (!isLeft) [opener, label].find((one) => one?.isConnected && one.checkVisibility({ visibilityProperty: true }))?.focus({ preventScroll: true });
}

const written = (card) => card.querySelectorAll(".comment").length;

/** Let a link's numbers follow what is written in its card. */
export function recount({ target, detail }) {
  const card = target.closest?.(".link-card");
  if (!card) return;
  const more = written(card) - (card.written ?? written(card));
  card.written = written(card);
  if (!more || detail?.ctx?.request?.method !== "POST") return; // what was there already is only shown now
  const { link } = card.parentElement.dataset;
  for (const count of document.querySelectorAll(`:is(.pair-link, .end)[data-link="${link}"] .count > span[aria-hidden]`)) count.textContent = Number(count.textContent) + more;
}

/** The sheet from below must not cover the words that it is about: `endOf` tells where they are in each text. */
export function uncover(endOf) {
  for (const side of narrow() ? [document.querySelector(".two").dataset.shown] : Object.keys(OTHER)) {
    const [end, pane] = [endOf(side), scroller(side)];
    const { top, height } = pane.getBoundingClientRect();
    const free = top + height * .4;
    if (end && end.top < top + height && end.bottom > free) pane.scrollBy(0, Math.min(end.bottom - free, end.top - top - 24));
  }
}
