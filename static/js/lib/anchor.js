/* Words in a block ⇄ offsets. Offsets are Unicode code points of the block's text, so that
 * slices taken in Python are the same words. A block's text is what stands under its
 * [data-text], without what is under [data-skip] (references to notes). */

const CONTEXT = 32; // code points kept before and after, as the server keeps them

const length = (text) => { let n = 0; for (const _ of text) n += 1; return n; };

export const blockOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("[data-block]");
export const textElement = (block) => block.matches("[data-text]") ? block : block.querySelector("[data-text]");

function texts(block) {
  const root = textElement(block);
  if (!root) return [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
    return node.hasAttribute("data-skip") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

/** The block's text, code point for code point what the server keeps. */
export const textOf = (block) => texts(block).map((node) => node.data).join("");

/** Code points of the block's text that stand before the boundary (node, offset). */
function pointsBefore(block, node, offset) {
  const boundary = document.createRange();
  boundary.setStart(node, offset);
  let n = 0;
  for (const text of texts(block)) {
    if (text === node) return n + length(wholePoints(text.data, offset));
    if (boundary.comparePoint(text, 0) >= 0) break;
    n += length(text.data);
  }
  return n;
}

/** The first `units` UTF-16 units of `text`, never ending inside a surrogate pair. */
function wholePoints(text, units) {
  const code = text.charCodeAt(units - 1);
  const cut = code >= 0xd800 && code <= 0xdbff && units < text.length;
  return text.slice(0, cut ? units + 1 : units);
}

/** A piece of one block as a segment; white space at its ends is left out. Null when nothing is left. */
export function segment(block, start, end) {
  const points = [...textOf(block)];
  let [from, to] = [Math.max(0, start), Math.min(points.length, end)];
  while (from < to && /\s/u.test(points[from])) from += 1;
  while (to > from && /\s/u.test(points[to - 1])) to -= 1;
  if (to <= from) return null;
  return {
    block: block.dataset.block, start: from, end: to,
    exact: points.slice(from, to).join(""),
    prefix: points.slice(Math.max(0, from - CONTEXT), from).join(""),
    suffix: points.slice(to, to + CONTEXT).join(""),
  };
}

/** The segments of a Range within `root`, one for each block that it touches; [] when it touches no words. */
export function segments(range, root) {
  const found = [];
  for (const block of root.querySelectorAll("[data-block]")) {
    const text = textElement(block);
    if (!text || !range.intersectsNode(text)) continue;
    const inside = document.createRange();
    inside.selectNodeContents(text);
    const startsHere = inside.comparePoint(range.startContainer, range.startOffset) === 0;
    const endsHere = inside.comparePoint(range.endContainer, range.endOffset) === 0;
    const start = startsHere ? pointsBefore(block, range.startContainer, range.startOffset) : 0;
    const end = endsHere ? pointsBefore(block, range.endContainer, range.endOffset) : Infinity;
    const piece = segment(block, start, end);
    if (piece) found.push(piece);
  }
  return found;
}

/** The Range of a segment, or null when its block or its words are not there. */
export function rangeOf({ block, start, end }, root = document) {
  const found = root.querySelector(`[data-block="${CSS.escape(block)}"]`);
  if (!found) return null;
  const range = document.createRange();
  let n = 0;
  let open = false;
  for (const text of texts(found)) {
    const size = length(text.data);
    if (!open && start < n + size) { range.setStart(text, units(text.data, start - n)); open = true; }
    if (open && end <= n + size) { range.setEnd(text, units(text.data, end - n)); return range; }
    n += size;
  }
  return null;
}

/** UTF-16 units of the first `points` code points of `text`. */
const units = (text, points) => [...text].slice(0, points).join("").length;
