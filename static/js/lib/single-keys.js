/* Which presses of a key are meant for the text, and those that came before its behaviour was there. */
import { typing } from "./dom.js";

/** Whether a press is for the text: with the focus in it, or nowhere; never while writing, nor with a modifier. */
export const forText = (event, essay) => !(event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)
  || event.target.closest("dialog, .tool, input, .menu")) && (event.target === document.body || essay.contains(event.target));

/** Hand a press on to the behaviour that has come after it. */
export const again = (event) => forText(event, document.getElementById("text")) && event.target.dispatchEvent(new KeyboardEvent("keydown", event));

/** Whether the block of a handle is in view, below the bar. */
export function inView({ parentElement: block }) {
  const { top, bottom } = block.getBoundingClientRect();
  return bottom > 100 && top < innerHeight;
}
