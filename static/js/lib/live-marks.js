/* Marks of threads that others began meanwhile, put under the words without moving them. */
import { rangeOf, segments, textElement } from "./anchor.js";
import { paint } from "./dom.js";

const marksOf = (text) => [...text.querySelectorAll("mark")].map((mark) => `${mark.dataset.threads} ${mark.textContent}`).join();

/** Whether somebody is at these words: what they choose or stand on would be gone. */
function isBusy(text) {
  const selection = getSelection();
  return text.contains(document.activeElement) || (!selection.isCollapsed && selection.containsNode(text, true));
}

/** Put the words as `fresh` has them, with its marks, in the place of a block's own; where somebody is at them, once
 * they have gone on. Cards that are not on the page yet are not pointed at. */
export function markAnew(block, fresh) {
  const text = textElement(block);
  if (!text || marksOf(text) === marksOf(fresh)) return;
  for (const mark of fresh.querySelectorAll("mark[aria-details]")) if (!document.getElementById(mark.getAttribute("aria-details"))) mark.removeAttribute("aria-details");
  text.fresh = fresh;
  settle(block, text);
}

function settle(block, text) {
  if (!text.isConnected || !text.fresh) return;
  if (isBusy(text)) {
    for (const type of ["selectionchange", "focusin"]) document.addEventListener(type, () => settle(block, text), { once: true });
    return;
  }
  const painted = [...CSS.highlights ?? []].map(([name, ranges]) => [name, [...ranges].map((range) => text.contains(range.startContainer) ? segments(range, block.parentElement) : range)]);
  text.replaceChildren(...text.fresh.childNodes);
  text.fresh = null;
  for (const [name, ranges] of painted) paint(name, ranges.flatMap((one) => Array.isArray(one) ? one.map((each) => rangeOf(each)).filter(Boolean) : [one]));
}
