/* What the reading page needs, but not for its first view. */
import "./elements/unread-nav.js";
