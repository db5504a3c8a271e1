/* The preview of an import: the essay with the tools to put it right. */
import "./elements/block-keys.js";
import "./elements/draft-form.js";
import "./elements/edit-dialog.js";
import "./elements/edit-keys.js";
import "./elements/edit-menu.js";
import "./elements/margin-stack.js";
import "./elements/note-popover.js";
