/* a[data-copy] is copied, not followed; without a script it leads to where it leads. */
import { copyAddress } from "./copying.js";

addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-copy]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  copyAddress(link.href, link.parentElement);
});
