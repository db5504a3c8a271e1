/* What every page needs, but not for its first view. */
import "./lib/copied-links.js";
import "./lib/place-in-text.js";
import "./lib/refusals.js";
import "./lib/times.js";
