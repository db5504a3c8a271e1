/* Behaviours that a first view does not need are fetched when they are first asked for. */

/** At the first event of `type`, run `load` (an import), then send the event on its way again. */
export function onFirst(type, load) {
  addEventListener(type, async ({ target, detail }) => {
    await load();
    target.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }, { once: true });
}

/** Run `load` as soon as an element of that name stands on the page, now or later. */
export function whenPresent(tag, load) {
  const look = () => { if (document.querySelector(`${tag}:not(:defined)`)) load(); };
  for (const type of ["htmx:after:swap", "thread-loaded"]) addEventListener(type, look);
  look();
}
