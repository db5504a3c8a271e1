/* The reading page: its behaviours, each where its element stands. */
import "./elements/block-handles.js";
import "./elements/margin-stack.js";
import "./elements/mark-links.js";
import "./elements/more-threads.js";
import "./elements/note-popover.js";
import "./elements/reading-progress.js";
import "./elements/selection-toolbar.js";
import "./elements/thread-cards.js";
import { drafted, onFirst, whenPresent } from "./lib/late.js";

onFirst("compose", () => Promise.all([import("./elements/comment-composer.js"), import("./elements/draft-form.js")]));
const marks = () => import("./lib/draft-marks.js");
if (drafted()) marks().catch(() => onFirst("draft-kept", marks));
else onFirst("draft-kept", marks);
onFirst("pick-sentence", () => import("./elements/sentence-picker.js"));
document.addEventListener("selectionchange", () => import("./lib/words-copied.js").catch(() => {}), { once: true });
onFirst("thread-posted", () => import("./elements/thread-links.js"));
if (/^#[ctp]\d/.test(location.hash)) import("./elements/thread-links.js").catch(() => {});
else onFirst("hashchange", () => import("./elements/thread-links.js"));
whenPresent("passage-answer", () => import("./elements/passage-answer.js"));
whenPresent("checkpoint-result", () => import("./elements/checkpoint-result.js"));
whenPresent("thread-hints", () => import("./elements/thread-hints.js"));
whenPresent("print-page", () => import("./elements/print-page.js"));
addEventListener("load", () => import("./reading-later.js").catch(() => {}));

// Who has chosen a section wants to see it, not the list.
document.getElementById("contents")?.addEventListener("click", ({ target, currentTarget }) => target.closest("a") && currentTarget.hidePopover());

// Whoever touches no key needs no keys; those pressed until they are there are handed on, in their order.
async function early(event) {
  let keys;
  try { keys = await import("./elements/block-keys.js"); } catch { return; } // the next key asks again
  removeEventListener("keydown", early);
  keys.again(event);
}
addEventListener("keydown", early);
