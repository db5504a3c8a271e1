/* Who follows a link to words stands at them: "?words=…#p12" paints them in that paragraph, as a search and "Copy link"
 * write it. Of a passage over several paragraphs each has its words; "before" tells one of the same words from another. */
import { rangeOf, textOf } from "./anchor.js";
import { announce, element, gettext, paint } from "./dom.js";
import { endsOf } from "./long-words.js";

const length = (text) => [...text].length;

/** From where to where in `text` the words stand, those that follow `before` alone where any do. */
function stretches(text, words, before) {
  const found = [];
  const [first, last] = text.includes(words) ? [words] : endsOf(words) ?? [words];
  for (let at = text.indexOf(first); at !== -1; at = text.indexOf(first, at + first.length)) {
    const end = last ? text.indexOf(last, at + first.length) + last.length : at + first.length;
    if (!last || end >= at + first.length + last.length) found.push([at, end]);
  }
  const meant = before ? found.filter(([at]) => text.slice(0, at).endsWith(before)) : [];
  return meant.length ? meant : found;
}

/** Where the words stand in the text of `block`, as segments. */
function places(block, words, before) {
  const text = textOf(block);
  return stretches(text, words, before).map(([at, end]) => ({ block: block.dataset.block, start: length(text.slice(0, at)), end: length(text.slice(0, end)) }));
}

/** The ranges of all that is asked for, from `block` on: what is not in it is looked for in those after it, in order. */
function rangesOf(asked, before, block) {
  const blocks = [...document.querySelectorAll("#text .block[data-block]")];
  let at = blocks.indexOf(block);
  const found = asked.flatMap((words, i) => {
    const here = places(block, words, i ? "" : before);
    if (here.length) return here;
    const next = blocks.findIndex((each, n) => n > at && places(each, words).length);
    if (next < 0) return [];
    at = next;
    return places(blocks[next], words);
  });
  return found.map((each) => rangeOf(each)).filter(Boolean).sort((one, other) => one.compareBoundaryPoints(Range.START_TO_START, other));
}

function arrive(asked, before, block) {
  const ranges = rangesOf(asked, before, block);
  paint("found", ranges);
  if (!ranges.length) {
    (block.closest(".items") ?? block).before(element("p", { class: "notice warn", role: "alert" }, gettext("The words that the link leads to are not in this paragraph any more.")));
    return;
  }
  const box = ranges[0].getBoundingClientRect();
  if (box.top < 0 || box.bottom > innerHeight) ranges[0].startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
  announce(gettext("The link leads to these words: %s").replace("%s", ranges.map(String).join(" … ")));
}

const asked = new URLSearchParams(location.search);
const wanted = asked.getAll("words").filter(Boolean);
const block = wanted.length && document.getElementById(location.hash.slice(1))?.closest(".block[data-block]");
if (block) arrive(wanted, asked.get("before"), block);
