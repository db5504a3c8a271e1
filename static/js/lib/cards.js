/* The cards of threads. A page shows the first of each block; the others wait behind a link, `a.more`, that
 * names them in its data-threads, until <more-threads> has fetched them. */

/** Fetch the cards that wait behind these links; resolves when they stand in their places. */
export const fetchWaiting = (links) => document.querySelector("more-threads").fetch(links);

/** The card of a thread, fetched where it waits; null where it is not on the page. */
export async function cardOf(id) {
  const here = document.getElementById(`t${id}`);
  if (here) return here;
  const link = document.querySelector(`a.more[data-threads~="${CSS.escape(id)}"]`);
  if (link) await fetchWaiting([link]);
  return document.getElementById(`t${id}`);
}
