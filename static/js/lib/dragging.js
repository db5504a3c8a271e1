/* Where a part of a guide's draft would come that is dragged. */

const middle = (one) => { const { top, bottom } = one.getBoundingClientRect(); return (top + bottom) / 2; };

function blockAt(y, text) {
  const all = [...text.querySelectorAll(".draft-block[data-number]")];
  return all.find((one) => one.getBoundingClientRect().bottom > y) ?? all.at(-1);
}

/** The place for `part` at the height `y`: before which other one (null: behind all), in which block; questions stay in
 * their checkpoint. `number` counts from 1; `isSame` says that it stands there. */
export function placeAt(y, part, text) {
  const block = part.matches(".question") ? null : blockAt(y, text);
  const list = block ? block.querySelector(".draft-list") : part.parentElement;
  const all = [...list.querySelectorAll(block ? ":scope > .draft-item[role]" : ":scope > .question")];
  const before = all.find((one) => middle(one) > y) ?? null;
  const at = all.indexOf(part);
  const number = all.filter((one) => one !== part && middle(one) <= y).length + 1;
  return { block, list, last: all.at(-1), before, number, isSame: at >= 0 && [part, all[at + 1] ?? null].includes(before) };
}

/** Put the line that shows the place into it. */
export function showLine(line, { before, last, list }) {
  if (before) before.before(line);
  else if (last) last.after(line);
  else list.append(line);
}

/** How far the page scrolls in one frame while something is held at `y`, near an edge of what is seen. */
export function scrollAt(y) {
  const top = document.getElementById("draft-bar").getBoundingClientRect().bottom;
  return y < top + 48 ? -10 : y > innerHeight - 48 ? 10 : 0;
}
