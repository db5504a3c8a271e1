/* The bell in the top bar, while the page stands open: how many things are new, as the hints of the reading tell it. */
import { element, gettext } from "./dom.js";

const EVERY = 60_000; // ms; what is new in another reading or seminar is asked for so often
const MOST_SHOWN = 99;

const bell = () => document.querySelector(".bell:not(.to-review)"); // the way to the desk looks like it
let known = Date.now();

/** What to ask the hints besides: now and then, whether the number is still the one that is shown. */
export function newsAsked() {
  if (!bell() || Date.now() - known < EVERY) return {};
  known = Date.now();
  return { news: Number.parseInt(bell().querySelector(".count")?.textContent ?? "0", 10) };
}

/** Show this number; the bell is read out with it, and says nothing by itself. */
export function tellBell(count) {
  known = Date.now();
  const shown = count > MOST_SHOWN ? `${MOST_SHOWN}+` : String(count);
  bell()?.setAttribute("aria-label", count ? gettext("News: %s new").replace("%s", shown) : gettext("News"));
  bell()?.querySelector(".count")?.remove();
  if (count) bell()?.append(element("span", { class: "count", "aria-hidden": "true" }, shown));
}
