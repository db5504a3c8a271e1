/* The words that are chosen for the two ends of a new link, by whatever way: selected, or sentence by sentence. */
import { rangeOf, segment, segments } from "./anchor.js";
import { sentencesOf } from "./sentences.js";
import { paneOf, sideOf, titleOf } from "./pair-texts.js";

const essayOf = (side) => paneOf(side).querySelector(".essay");

/** The words that are selected in one of the texts; null where none are. */
export function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const side = sideOf(range.startContainer.parentElement);
  const words = side ? segments(range, essayOf(side)) : [];
  return words.length ? { side, words } : null;
}

/** The sentences of a block, as segments. */
export const sentences = (block) => sentencesOf(block).map(({ start, end }) => segment(block, start, end)).filter(Boolean);

/** The sentence of a text at a point of the window; null where there is none. */
export function sentenceAt(block, { clientX, clientY }) {
  const at = document.caretPositionFromPoint?.(clientX, clientY);
  if (!block || !at) return null;
  return sentences(block).find((one) => ranges([one], sideOf(block))[0]?.isPointInRange(at.offsetNode, at.offset)) ?? null;
}

export const ranges = (words, side) => words.map((one) => rangeOf(one, essayOf(side))).filter(Boolean);
export const isSame = (one, other) => Boolean(one && other) && one.block === other.block && one.start === other.start;

/** “Small Doors ¶ 15”. */
export function nameOf([{ block }], side) {
  const number = essayOf(side).querySelector(`[data-block="${CSS.escape(block)}"] > .num`)?.textContent;
  return number ? `${titleOf(side)} ¶ ${number}` : titleOf(side);
}

/** Where the form for a link between these words comes from. */
export function formFor(near, far) {
  const sides = [near, far].map(({ side }) => paneOf(side).dataset);
  const query = new URLSearchParams({
    far: sides[1].slug, block: near.words[0].block, far_block: far.words[0].block,
    segments: JSON.stringify(near.words), far_segments: JSON.stringify(far.words), seen: sides[0].revision, far_seen: sides[1].revision,
  });
  return `${sides[0].linkNew}?${query}`;
}
