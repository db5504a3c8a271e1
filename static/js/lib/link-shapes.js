/* What a link between two texts is drawn with: a bracket at its words, a line to its label, and the tip of an arrow, on each side. */
import { middle, paths, within } from "./pair-labels.js";
import { blockOfEnd, marksOf } from "./pair-texts.js";

export const SIDES = ["first", "second"];
export const bySide = (what) => Object.fromEntries(SIDES.map((side) => [side, what(side)]));

/** An element of an SVG. */
export function shape(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** A link with its ends and its shapes, looked up once. */
export function known(element, svg) {
  const group = shape("g", "own" in element.dataset ? { "data-own": "" } : {});
  svg.append(group);
  const shapes = bySide(() => Object.fromEntries(["bracket", "line", "tip"].map((name) => [name, shape("path", { class: name })])));
  for (const side of SIDES) group.append(...Object.values(shapes[side]));
  const ends = bySide((side) => ({ marks: marksOf(element.dataset.link, side), block: blockOfEnd(element.dataset.link, side) }));
  for (const side of SIDES) for (const name of ["bracket", "line"]) shapes[side][name].toggleAttribute("data-lost", !ends[side].marks.length);
  return { element, group, shapes, ends };
}

/** Draw a link as it was found to stand, `seen` with its field; nothing of it where it is not shown. */
export function draw({ link, at, sight, lane, ...item }, isShown, seen, open) {
  const on = open?.link === link || "on" in link.element.dataset;
  link.group.toggleAttribute("data-on", on);
  link.group.toggleAttribute("data-dim", Boolean(open) && open.link !== link);
  const isSheet = item.isOpen && seen.low; // it rises from the bottom and leaves the middle free
  for (const side of SIDES) {
    const d = (side === "first") !== seen.isMirrored ? 1 : -1;
    const [inset, label] = [seen.low ? 4 : 9, isSheet ? seen.width / 2 : lane];
    const [x, to] = d > 0 ? [inset, label] : [seen.width - inset, seen.width - label];
    const drawn = isShown && sight[side] === "in" && paths(at[side], { x, to, d, at: height(side), tip: link.element.dataset.target === side });
    for (const [name, path] of Object.entries(link.shapes[side])) path.setAttribute("d", (drawn && drawn[name]) || "");
  }

  /** Where the line of this side leaves the label, or the open card: there at the height of the words. */
  function height(side) {
    if (isSheet) return ((at.first ?? at.second).y + (at.second ?? at.first).y) / 2;
    return item.isOpen ? within(at[side].y, item.top + 22, item.top + item.height - 22) : middle(item);
  }
}
