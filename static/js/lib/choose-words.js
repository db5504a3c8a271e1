/* Words of the text are chosen for a field: with a mouse by selecting them, otherwise by a button of their toolbar too. */
import { rangeOf } from "./anchor.js";
import { announce, element, gettext, paint } from "./dom.js";

/** Let `take` have the segments that are selected next in `text`; returns what ends it. */
export function chooseWords(text, pressed, take) {
  const toolbar = document.querySelector("selection-toolbar");
  const gone = new AbortController();
  const { signal } = gone;
  const done = () => {
    const { words } = toolbar;
    if (!words) return;
    take(words);
    toolbar.hide();
    getSelection().removeAllRanges();
    stop();
    announce(gettext("Words taken."));
  };
  const button = element("button", { class: "btn small primary", type: "button", value: "take" }, gettext("Take these words"));
  button.addEventListener("click", (event) => { event.stopPropagation(); done(); });
  toolbar.prepend(button);
  const stop = () => { gone.abort(); button.remove(); pressed.setAttribute("aria-pressed", "false"); text.removeAttribute("data-choosing"); };
  // Whoever lifts the mouse has chosen; the toolbar has the words a moment later.
  addEventListener("pointerup", ({ pointerType }) => pointerType === "mouse" && setTimeout(done, 60), { signal });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); stop(); pressed.focus(); } }, { signal, capture: true });
  pressed.setAttribute("aria-pressed", "true");
  text.setAttribute("data-choosing", "");
  announce(gettext("Select the words in the text. Escape ends it."));
  return stop;
}

/** How a guide's file names the place of a segment. */
export function placeOf({ block, exact }, text) {
  const { number } = text.querySelector(`[data-block="${CSS.escape(block)}"]`).dataset;
  const words = exact.replace(/\s+/g, " ").slice(0, 500);
  return `${number ? `¶ ${number} ` : ""}“${words}”`;
}

export const show = (segments, text) => paint("pending", segments.map((one) => rangeOf(one, text)).filter(Boolean));
