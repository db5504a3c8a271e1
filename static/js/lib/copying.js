/* Copying, and saying so where it was asked. */
import { textOf } from "./anchor.js";
import { announce, element, gettext } from "./dom.js";
import { shortened } from "./long-words.js";

/** Copy `text`; false where the browser does not let us, as on a page that came by plain HTTP. */
export async function copy(text) {
  try { await navigator.clipboard.writeText(text); return true; } catch { return false; }
}

/** The link to chosen words, `segments` of the text that begin in `block`; lib/words-found.js leads there. */
function linkTo(segments, block) {
  const link = new URL(block.querySelector(":scope > .num")?.hash ?? `#${block.id}`, location.href);
  const words = segments.map(({ exact }) => ["words", shortened(exact)]);
  const [{ exact, prefix }] = segments;
  const isAmbiguous = textOf(block).split(exact).length > 2;
  link.search = new URLSearchParams(isAmbiguous ? [...words, ["before", prefix]] : words);
  return link.href;
}

export const copyLink = (segments, block, bar) => copyAddress(linkTo(segments, block), bar);

/** Copy chosen words with where they are from: author and title (the bar's `source`), paragraphs and link. */
export function copyWithSource(segments, block, bar) {
  const numbers = segments.map((each) => document.querySelector(`#text [data-block="${CSS.escape(each.block)}"] > .num`)?.textContent).filter(Boolean);
  const paragraphs = numbers.length > 1 ? `¶ ${numbers[0]}–${numbers.at(-1)}` : numbers.length ? `¶ ${numbers[0]}` : "";
  const source = [bar.getAttribute("source"), paragraphs].filter(Boolean).join(", ");
  const words = segments.map(({ exact }) => exact).join("\n\n");
  return copyAndTell(`${words}\n\n${source}\n${linkTo(segments, block)}`, gettext("Copied with its source"), bar);
}

export const copyAddress = (href, bar) => copyAndTell(href, gettext("Link copied"), bar);

/** Copy `text`, and say so in `bar`; what the browser does not let us copy stands there to be copied. */
async function copyAndTell(text, copied, bar) {
  const told = await copy(text) ? copied : text;
  const said = element("span", { class: "meta" }, told);
  bar.append(said);
  announce(told);
  setTimeout(() => said.remove(), told === text ? 20_000 : 2000);
}
