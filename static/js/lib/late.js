/* Behaviours that a first view does not need are fetched when they are first asked for; again, where that failed. */
import { refused } from "./told.js";

/** At the first event of `type`, run `load` (an import), then send the event on its way again. */
export function onFirst(type, load) {
  addEventListener(type, async function first({ target, detail }) {
    try { await load(); } catch { refused(target.closest ? target : document.getElementById("text"), 0); return; }
    removeEventListener(type, first);
    target.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  });
}

/** Run `load` as soon as an element of that name stands on the page: now (or, unless `now`, when it is used), or later. */
export function whenPresent(tag, load, now = true) {
  const look = () => { if (document.querySelector(`${tag}:not(:defined)`)) load().catch(() => {}); };
  for (const type of ["htmx:after:swap", "thread-loaded", "focusin", "pointerdown"]) addEventListener(type, look);
  if (now) look();
}

/** Whether this device keeps half-written words of who reads. */
export function drafted() {
  try { return Object.keys(localStorage).some((key) => key.startsWith(`draft:${document.documentElement.dataset.reader}:`)); } catch { return false; }
}
