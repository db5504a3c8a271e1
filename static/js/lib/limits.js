/* How much is too much: said while writing, and never cut. */
import { announce, element, ngettext } from "./dom.js";

/** Say below `field` by how many characters it is over its limit, if it is. */
export function count(field) {
  const over = [...field.value].length - Number(field.dataset.limit);
  if (!field.over) field.after(field.over = element("p", { class: "error", "data-over": "" }));
  field.over.hidden = over <= 0;
  field.over.textContent = over > 0 ? ngettext("%s character over the limit", "%s characters over the limit", over) : "";
  announce(field.over.textContent, field);
}
