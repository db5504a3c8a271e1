/* Where cards stand beside the text: each at its words, pushed down where they crowd. */

/** Tops for `items` of `{ top, height }` in reading order, `gap` apart, none above `first`.
 * The item at `anchor` (or -1) keeps its own top: those before it are pushed up as far as
 * `first` lets them, those after it down. All in px. */
export function stack(items, { gap = 10, anchor = -1, first = 0 } = {}) {
  const tops = [];
  let free = first;
  for (const { top, height } of items) {
    tops.push(Math.max(top, free));
    free = tops.at(-1) + height + gap;
  }
  if (anchor < 0 || tops[anchor] === items[anchor].top) return tops;
  const needed = items.slice(0, anchor).reduce((sum, { height }) => sum + height + gap, first);
  tops[anchor] = Math.max(items[anchor].top, needed);
  for (let i = anchor - 1; i >= 0; i -= 1) tops[i] = Math.min(tops[i], tops[i + 1] - gap - items[i].height);
  for (let i = anchor + 1; i < items.length; i += 1) {
    tops[i] = Math.max(items[i].top, tops[i - 1] + items[i - 1].height + gap);
  }
  return tops;
}
