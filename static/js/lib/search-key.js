/* "/" goes to the field of the search; where the page has a link to it, there. */
import { typing } from "./dom.js";

const wanted = ({ key, code }) => key === "/" || (code === "Slash" && key > "\x7f"); // on a layout of other letters, by its place

addEventListener("keydown", (event) => {
  if (!wanted(event) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (typing(event.target) || event.target.closest("dialog, .menu") || document.documentElement.dataset.keys === "off") return;
  const to = [...document.querySelectorAll("#q, [data-search]")].find((each) => each.checkVisibility());
  if (!to) return;
  event.preventDefault();
  if (to.matches("a")) to.click();
  else { to.focus(); to.select(); }
});
