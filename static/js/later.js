/* What every page needs, but not for its first view. */
import "./lib/copied-links.js";
import "./lib/place-in-text.js";
import "./lib/refusals.js";
import "./lib/search-key.js";
import "./lib/times.js";
import "./lib/words-found.js";
