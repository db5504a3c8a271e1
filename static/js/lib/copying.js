/* Copying, and saying so where it was asked. */
import { announce, element, gettext } from "./dom.js";

/** Copy `text`; false where the browser does not let us, as on a page that came by plain HTTP. */
export async function copy(text) {
  try { await navigator.clipboard.writeText(text); return true; } catch { return false; }
}

/** Copy the link to `block`, and say so in `bar`; what the browser does not let us copy stands there to be copied. */
export function copyLink(block, bar) {
  return copyAddress(new URL(block.querySelector(":scope > .num")?.hash ?? `#${block.id}`, location.href).href, bar);
}

/** The same of an address. */
export async function copyAddress(href, bar) {
  const told = await copy(href) ? gettext("Link copied") : href;
  const said = element("span", { class: "meta" }, told);
  bar.append(said);
  announce(told);
  setTimeout(() => said.remove(), told === href ? 20_000 : 2000);
}
