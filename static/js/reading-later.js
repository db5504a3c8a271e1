/* What the reading page needs, but not for its first view. */
import "./elements/live-hints.js";
import "./elements/unread-nav.js";
