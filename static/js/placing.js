/* The page on which a passage is placed by hand. */
import "./elements/note-popover.js";
import "./elements/place-words.js";
import "./elements/selection-toolbar.js";
