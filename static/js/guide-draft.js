/* The page on which a guide is written beside the text. */
import "./elements/draft-drag.js";
import "./elements/draft-form.js";
import "./elements/draft-places.js";
import "./elements/kept-part.js";
import "./elements/note-popover.js";
import "./elements/question-form.js";
import "./elements/selection-toolbar.js";
