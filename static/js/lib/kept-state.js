/* The line at the top of a draft's page that says whether what is typed is kept, and where. */
import { nodes } from "./dom.js";

let said = "";

function write() {
  const line = document.querySelector("[data-kept-state]");
  if (line) line.textContent = said;
  return line;
}

/** Say it; false where the page has no such line. */
export function tellKept(text) {
  said = text;
  return Boolean(write());
}

/** Put the top of the page that the server has sent into the place of the one that stands there. */
export function takeTop(markup) {
  const [bar, fresh] = [document.getElementById("draft-bar"), nodes(markup).querySelector("#draft-bar")];
  if (!bar || !fresh || bar.contains(document.activeElement)) return;
  fresh.querySelector("details").open = bar.querySelector("details").open;
  for (const one of fresh.querySelectorAll("[data-say]")) one.removeAttribute("data-say"); // nobody has done anything
  bar.replaceWith(fresh);
  write();
}

/** Fetch anew what hangs below a block, the `list` there; not where another form was opened in it meanwhile. */
export function showAgain(list) {
  list.addEventListener("htmx:before:swap", (swap) => {
    if (list.querySelector("kept-part, .htmx-request")) swap.preventDefault();
  }, { once: true });
  const block = encodeURIComponent(list.id.replace("items-", ""));
  globalThis.htmx.ajax("GET", `${location.pathname}?block=${block}`, { source: list, swap: "none" });
}

document.addEventListener("htmx:after:swap", write);
