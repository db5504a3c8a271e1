/* Two texts side by side: their behaviours, each where its element stands. */
import "./elements/link-cards.js";
import "./elements/link-lines.js";
import "./elements/note-popover.js";
import "./elements/pair-keys.js";
import "./elements/pair-panes.js";
import { whenPresent } from "./lib/late.js";

whenPresent("selection-toolbar", () => import("./elements/selection-toolbar.js"));
whenPresent("link-making", () => import("./elements/link-making.js"));
whenPresent("sentence-aim", () => import("./elements/sentence-aim.js"));
