/* Two texts side by side: their behaviours. */
import "./elements/note-popover.js";
