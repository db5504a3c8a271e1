/* Copying, and saying so where it was asked. */
import { textOf } from "./anchor.js";
import { announce, element, gettext } from "./dom.js";
import { shortened } from "./long-words.js";

/** Copy `text`; false where the browser does not let us, as on a page that came by plain HTTP. */
export async function copy(text) {
  try { await navigator.clipboard.writeText(text); return true; } catch { return false; }
}

/** Copy the link to chosen words, `segments` of the text that begin in `block`; lib/words-found.js leads there. */
export function copyLink(segments, block, bar) {
  const link = new URL(block.querySelector(":scope > .num")?.hash ?? `#${block.id}`, location.href);
  const words = segments.map(({ exact }) => ["words", shortened(exact)]);
  const [{ exact, prefix }] = segments;
  const isAmbiguous = textOf(block).split(exact).length > 2;
  link.search = new URLSearchParams(isAmbiguous ? [...words, ["before", prefix]] : words);
  return copyAddress(link.href, bar);
}

/** Copy an address, and say so in `bar`; what the browser does not let us copy stands there to be copied. */
export async function copyAddress(href, bar) {
  const told = await copy(href) ? gettext("Link copied") : href;
  const said = element("span", { class: "meta" }, told);
  bar.append(said);
  announce(told);
  setTimeout(() => said.remove(), told === href ? 20_000 : 2000);
}
