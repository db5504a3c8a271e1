/* Two texts side by side: where their words are, and how one is brought to the other. */
import { announce, gettext } from "./dom.js";

export const OTHER = { first: "second", second: "first" };
export const paneOf = (side) => document.querySelector(`.pane[data-side="${side}"]`);
export const sideOf = (element) => element?.closest?.(".pane")?.dataset.side;
export const scroller = (side) => paneOf(side).querySelector(".pane-scroll");
export const titleOf = (side) => paneOf(side).dataset.title;
export const linkOf = (pk) => document.getElementById(`l${pk}`);
export const links = () => [...document.querySelectorAll(".pair-link")];

/** Whether one text is shown at a time; whether the conversation rises from the bottom. */
export const narrow = () => matchMedia("(width < 60rem)").matches;
export const low = () => matchMedia("(width < 76rem)").matches;

export const marksOf = (pk, side) => [...paneOf(side).querySelectorAll(`[data-text] mark[data-mark~="l${pk}"]`)];
/** The block of a link's end: that of its first word, or the one that is all of it; where that is gone, what is told of it. */
export const blockOfEnd = (pk, side) => (marksOf(pk, side)[0] ?? paneOf(side).querySelector(`.ends > [data-link="${pk}"]`))?.closest(".block, .lost-ends") ?? null;
export const linksOfBlock = (block) => [...block.querySelectorAll(":scope > .ends > .end")].map(({ dataset }) => dataset.link);

/** Where an end stands: its words, else the first line of its paragraph; in the window's own coordinates. */
export function standing(marks, block) {
  const boxes = marks.flatMap((mark) => [...mark.getClientRects()]).filter(({ width }) => width);
  if (boxes.length) {
    const [top, bottom] = [Math.min(...boxes.map((box) => box.top)), Math.max(...boxes.map((box) => box.bottom))];
    return { top, bottom, y: (top + bottom) / 2 };
  }
  if (!block) return null;
  const { top, bottom } = block.getBoundingClientRect();
  return { top, bottom, y: Math.min(top + 14, bottom) };
}

const place = (side) => paneOf(side).querySelector(".pane-place").dataset.now ?? "";
const smooth = () => matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

/** Show one of the two texts, where there is room for one. */
export function show(side) {
  document.querySelector(".two").dataset.shown = side;
  document.documentElement.dataset.shown = side;
  for (const button of document.querySelectorAll(".pair-dock [data-show]")) button.ariaPressed = String(button.dataset.show === side);
  document.dispatchEvent(new CustomEvent("restack"));
}

let ways = []; // back, the latest last
let current; // the link that was opened, followed or stepped to last

/** The link where the reader is; with `pk`, from now on that one. */
export const currentLink = (pk = current) => (current = pk);

/** Bring the words of a link in the text at `to` to the height of those in the other; its head then has the way back. Whoever `isLed`
 * there with both texts has said nothing of where they were, and no text takes the other's place. */
export function follow(pk, to, { isLed = false } = {}) {
  const [from, pane] = [OTHER[to], scroller(to)];
  const block = blockOfEnd(pk, to);
  const far = standing(marksOf(pk, to), block);
  currentLink(pk);
  if (!far) return void announce(gettext("The words are gone from this text."));
  const near = standing(marksOf(pk, from), blockOfEnd(pk, from));
  const { top, height } = pane.getBoundingClientRect();
  const inSight = near && near.y > top + 8 && near.y < top + height - 8;
  const way = { side: to, top: pane.scrollTop, from: document.activeElement };
  const delta = far.y - (inSight && !narrow() ? near.y : top + height * .3);
  if (!isLed && narrow()) tell(way, gettext("Back to %s").replace("%s", `${titleOf(from)} ${place(from)}`), () => show(from));
  else if (!isLed && Math.abs(delta) > 4) tell(way, place(to), () => {});
  pane.scrollBy({ top: delta, behavior: narrow() ? "auto" : smooth() });
  if (isLed) return block;
  if (narrow()) show(to);
  emphasise(pk);
  const number = block?.querySelector(":scope > .num")?.textContent;
  announce(number ? `${titleOf(to)} ¶ ${number}` : titleOf(to));
  return block;
}

/** Bring both ends of a link into sight; returns the block of the first. */
export function reach(pk) {
  currentLink(pk);
  const side = blockOfEnd(pk, "first") ? "first" : "second";
  const block = blockOfEnd(pk, side);
  const [end, pane] = [standing(marksOf(pk, side), block), scroller(side)];
  const { top, height } = pane.getBoundingClientRect();
  if (end) pane.scrollBy({ top: end.y - top - height * .35, behavior: "instant" });
  if (side === "first" && blockOfEnd(pk, "second")) follow(pk, "second", { isLed: true });
  if (narrow()) show(side);
  emphasise(pk);
  return block;
}

function tell(way, words, after) {
  const chip = paneOf(way.side).querySelector(".place-back");
  ways = [...ways.filter(({ side }) => side !== way.side), { ...way, after, chip }];
  chip.hidden = false;
  chip.querySelector("span").textContent = words;
  chip.ariaLabel = words.startsWith("¶") ? gettext("Back to %s").replace("%s", `${titleOf(way.side)} ${words}`) : words;
}

/** Go back to where the reader was before the latest link was followed, or that of the text at `side`. */
export function goBack(side = ways.at(-1)?.side) {
  const way = ways.find((one) => one.side === side);
  if (!way) return;
  ways = ways.filter((one) => one !== way);
  way.chip.hidden = true;
  scroller(way.side).scrollTo({ top: way.top, behavior: smooth() });
  way.after();
  if (way.from?.isConnected) way.from.focus({ preventScroll: true });
}

/** Let the words of one link stand out from those of the others; of none, without `pk`. */
export function emphasise(pk) {
  const open = document.querySelector(".pair-link[data-open]")?.dataset.link;
  for (const mark of document.querySelectorAll(".pane [data-text] mark")) {
    const of = mark.dataset.mark.split(" ");
    mark.toggleAttribute("data-on", of.includes(`l${pk}`) || of.includes(`l${open}`));
  }
  for (const link of links()) link.toggleAttribute("data-on", link.dataset.link === pk || link.dataset.link === open);
  document.dispatchEvent(new CustomEvent("restack"));
}
