/* What every page needs, but not for its first view. */
import "./lib/copied-links.js";
import "./lib/place-in-text.js";
import "./lib/refusals.js";
import "./lib/search-key.js";
import "./lib/times.js";
import "./lib/words-found.js";

// The form that led here may be on another page, and its draft is to go there and now.
try {
  if (sessionStorage.getItem("sent-draft")) import("./lib/drafts.js").then(({ forgetSent }) => forgetSent(), () => {});
} catch { /* no storage */ }
