/* Who loads the page again stands at the paragraph where they were. The browser goes back by pixels; but what was
 * open between the lines of a narrow window, threads and a form, is closed then. */
const PLACE = `place:${location.pathname}`;
const LINE = .4; // of the window's height: where one reads

const blocks = () => [...document.querySelectorAll("#text .block")];

function keep() {
  const block = blocks().findLast((each) => each.getBoundingClientRect().top <= innerHeight * LINE);
  try {
    if (block && scrollY) sessionStorage.setItem(PLACE, JSON.stringify({ key: block.dataset.block, top: block.getBoundingClientRect().top }));
    else sessionStorage.removeItem(PLACE);
  } catch { /* no storage: by pixels */ }
}

function kept() {
  try { return JSON.parse(sessionStorage.getItem(PLACE)) ?? {}; } catch { return {}; }
}

function goBack() {
  const { key, top } = kept();
  const block = blocks().find(({ dataset }) => dataset.block === key);
  if (!block) return;
  scrollBy({ top: block.getBoundingClientRect().top - top, behavior: "instant" });
  // It may be shorter than it was; and what was being written comes before what was being read.
  for (const part of [block, block.querySelector("[data-draft]")]) part?.scrollIntoView({ block: "nearest", behavior: "instant" });
}

const [{ type } = {}] = performance.getEntriesByType("navigation");
if (/reload|back/.test(type) && !/^#[ct]\d/.test(location.hash)) goBack(); // a thread that the address names is gone to
addEventListener("pagehide", keep);
