/* The lines of a question's form: choices, what is put in order, pairs. */

const MOST = 30; // as many as the server takes

/** Add an empty line behind `lines`, and return it; null where there are enough. */
export function addLine(lines) {
  const n = lines.length;
  if (n >= MOST) return null;
  const line = lines.at(-1).cloneNode(true);
  for (const one of line.querySelectorAll("input, textarea")) {
    if (one.type === "radio") one.value = n;
    else one.name = one.name.replace(/\d+$/, n);
    if (one.id) one.id = one.id.replace(/\d+$/, n);
    one.setAttribute("aria-label", one.getAttribute("aria-label").replace(n, n + 1));
    one.checked = one.defaultChecked = false;
    if (/text/.test(one.type)) one.value = one.defaultValue = "";
  }
  for (const one of line.querySelectorAll(".errorlist, .notice")) one.remove();
  line.querySelector("details").open = false;
  lines.at(-1).after(line);
  return line;
}
