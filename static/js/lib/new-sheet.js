/* The list of what is new, in a sheet over the page: fetched each time it opens, by its link to the page of the same. */
import { fragment, gettext, nodes } from "./dom.js";

/** Fill the sheet, if it is open; `show` opens the thread of a line on this page. */
export async function openSheet(sheet, show) {
  if (!sheet.matches(":popover-open")) return;
  const list = sheet.querySelector("[data-list]");
  list.ariaBusy = "true";
  try {
    list.replaceChildren(nodes(await fragment(sheet.querySelector("a[href*='show=new']").href)));
  } catch {
    list.replaceChildren(gettext("The list could not be loaded.")); // the link below leads to it
  }
  list.ariaBusy = null;
  list.onclick = (event) => {
    const row = event.target.closest(".thread-row");
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(row.querySelector(".place").hash.slice(2));
  };
}
