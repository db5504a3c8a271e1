/* The paragraphs of two texts side by side, as keys go through them. */
import { paneOf, scroller } from "./pair-texts.js";

/** The links within a text: they are no stops of Tab, but reached from their paragraph. */
export const INNER = ".num, .talk, .fn, .fn-back, [data-text] a, .note-text a, .ends a";

export const blocksOf = (side) => [...paneOf(side).querySelectorAll(".essay .block")];

/** Make each text one stop of Tab. */
export function unstop(side) {
  for (const link of paneOf(side).querySelectorAll(`.essay :is(${INNER})`)) link.tabIndex = -1;
  for (const block of blocksOf(side)) block.tabIndex = -1;
}

/** The paragraph of the moment in a text: `before` where it is still in sight, else the first that is. */
export function moment(side, before) {
  const { top, bottom } = scroller(side).getBoundingClientRect();
  const isSeen = (block) => { const box = block.getBoundingClientRect(); return box.bottom > top + 40 && box.top < bottom - 40; };
  return before && isSeen(before) ? before : blocksOf(side).find(isSeen);
}

/** Go on among the links of a paragraph, from one to the next, and back to it. */
export function inside(block, { key, target }) {
  const all = [block, ...block.querySelectorAll(INNER)].filter((one) => one.checkVisibility());
  const forward = (key === "ArrowRight") === (getComputedStyle(block).direction === "ltr");
  all[(all.indexOf(target) + (forward ? 1 : -1) + all.length) % all.length]?.focus({ preventScroll: true });
}
