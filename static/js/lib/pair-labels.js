/* Where the labels of links stand between two texts. Pure: pixels in, pixels out. */

export const GAP = 10;
const MIDDLE = 16; // of a label: its lines leave it there

export const within = (y, least, most) => Math.max(least, Math.min(y, most));

/** Whether an end is in sight in a field of this height, or where it is. */
export const sight = (end, height) => !end ? "gone" : end.y < 8 ? "above" : end.y > height - 8 ? "below" : "in";

/** Whether labels that stand for `items` leave no room for the words of ends that are out of sight: then each has one line. */
export function isTight(items, height, isLow) {
  const [label, words] = isLow ? [52, 20] : [32, 63]; // as high as they are drawn, about
  return items.reduce((sum, { sight: { first, second } }) => sum + label + GAP + (first === "in" && second === "in" ? 0 : words), 12) > height;
}

/** Give each of `items` its `top`: at its own `y`, and pushed apart where they crowd. Those that the open card (`fixed`, with its top
 * and height) would cover, and those for which there is no room, are `covered`. */
export function settle(items, height, fixed) {
  const free = items.filter((item) => item !== fixed).toSorted((a, b) => a.y - b.y);
  for (const item of free) {
    item.top = item.y - MIDDLE;
    item.covered = Boolean(fixed) && item.top + item.height > fixed.top - 4 && item.top < fixed.top + fixed.height + 4;
  }
  const rest = free.filter((item) => !item.covered);
  let room = height - 12 - (fixed ? fixed.height + GAP : 0);
  for (const item of rest) { // from the top, as many as fit
    room -= item.height + GAP;
    item.covered = room < -GAP;
  }
  const shown = rest.filter((item) => !item.covered);
  const below = (item) => fixed && item.top > fixed.top;
  let at = -Infinity;
  for (const item of shown) {
    item.top = Math.max(item.top, at, below(item) ? fixed.top + fixed.height + GAP : 6);
    at = item.top + item.height + GAP;
  }
  let limit = height - 6;
  for (const item of shown.toReversed()) {
    if (fixed && !below(item)) limit = Math.min(limit, fixed.top - GAP);
    item.top = Math.min(item.top, limit - item.height);
    limit = item.top - GAP;
  }
  return shown;
}

/** The path of a line from an end to its label, of the bracket at the words, and of the arrow's tip. `x` is where the bracket stands,
 * `to` where the line ends; `d` is 1 where it runs to the right. */
export function paths({ top, bottom, y }, { x, to, at, d, tip }) {
  const start = x + d * (tip ? 8 : 1);
  const bend = Math.max(10, Math.abs(to - start) * .62);
  return {
    bracket: `M${x} ${top + 3}V${bottom - 2}`,
    line: `M${start} ${y}C${start + d * bend} ${y} ${to - d * bend} ${at} ${to} ${at}`,
    tip: tip ? `M${x + d * 1.5} ${y}l${d * 8} -4v8z` : "",
  };
}

export const middle = (item) => item.top + MIDDLE;
