/* The cards of threads. A page shows the first of each block; the others wait behind a link, `a.more`, until
 * <more-threads> has fetched them. It names in its data-threads those that have no mark in the text. */
import { refused } from "./told.js";

/** Fetch the cards that wait behind these links; resolves when they stand in their places. */
export const fetchWaiting = (links) => document.querySelector("more-threads").fetch(links);

/** The link behind which the card of a thread waits; null where it waits behind none. */
export function waitingFor(id) {
  const name = CSS.escape(id);
  const at = document.querySelector(`a.more[data-threads~="${name}"], [data-text] mark[data-threads~="${name}"]`);
  return at?.matches("a.more") ? at : at?.closest(".block").querySelector(":scope > .threads > a.more") ?? null;
}

/** The card of a thread, fetched where it waits; null where it is not on the page, or cannot be had (which is told). */
export async function cardOf(id) {
  const here = document.getElementById(`t${id}`);
  if (here) return here;
  const link = waitingFor(id);
  try { if (link) await fetchWaiting([link]); } catch ({ status, words }) { refused(link, status, words); }
  return document.getElementById(`t${id}`);
}
