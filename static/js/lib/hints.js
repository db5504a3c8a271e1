/* When to ask for hints again: often while people are active, ever more seldom else, and not at all while unseen. */

const SOON = 2000; // ms
const SELDOM = 30_000;
const ACTIVE = 60_000; // after the last sign of anybody, reader or writers

/** How long to wait, in ms: `wait` was the last time, `quiet` how long nothing has happened; after a failure, longer. */
export function nextWait(wait, { quiet, failed = false }) {
  if (failed) return Math.min(Math.max(wait, SOON) * 2, SELDOM);
  return quiet < ACTIVE ? SOON : Math.min(Math.max(wait, SOON) * 1.5, SELDOM);
}

/** Whether asking again can help: not for who is signed out, or may not read here any more. */
export const isOver = (status) => [401, 403, 404, 410].includes(status);
