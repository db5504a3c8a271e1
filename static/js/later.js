/* What every page needs, but not for its first view. */
import "./lib/place-in-text.js";
import "./lib/refusals.js";
import "./lib/times.js";
