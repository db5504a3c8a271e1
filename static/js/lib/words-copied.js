/* What is copied from the text is its words: no paragraph's or note's numbers, no cards and notes beside it. */
import { typing } from "./dom.js";

/** The part of `range` that is in `part`, as nodes without references and marks. */
function wordsIn(part, range) {
  const within = document.createRange();
  within.selectNodeContents(part);
  if (range.compareBoundaryPoints(Range.START_TO_START, within) > 0) within.setStart(range.startContainer, range.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, within) < 0) within.setEnd(range.endContainer, range.endOffset);
  const home = part.cloneNode(false);
  for (const { name } of [...home.attributes]) home.removeAttribute(name);
  home.append(within.cloneContents());
  for (const reference of home.querySelectorAll("[role=doc-noteref]")) (reference.closest("sup") ?? reference).remove();
  for (const mark of home.querySelectorAll("mark")) mark.replaceWith(...mark.childNodes);
  return home;
}

/** Its text, with a tab between the cells of a row and a line for each. */
function textOf(home) {
  const copy = home.cloneNode(true);
  for (const row of copy.querySelectorAll("tr")) row.after("\n");
  for (const cell of copy.querySelectorAll(":is(td, th):not(:last-child)")) cell.after("\t");
  for (const line of copy.querySelectorAll("br")) line.replaceWith("\n");
  return copy.textContent;
}

document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || typing(event.target)) return;
  const range = selection.getRangeAt(0);
  const parts = [...document.querySelectorAll("#text [data-text]")].filter((part) => range.intersectsNode(part));
  const homes = parts.map((part) => wordsIn(part, range)).filter((home) => home.textContent.trim());
  if (!homes.length) return; // of a comment, a note or the page: as it stands
  event.clipboardData.setData("text/plain", homes.map(textOf).join("\n\n"));
  event.clipboardData.setData("text/html", homes.map((home) => new XMLSerializer().serializeToString(home)).join("\n"));
  event.preventDefault();
});
