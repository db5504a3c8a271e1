/* Who comes from a search stands at the words that it found: "?words=…#p12" paints them in that paragraph. */
import { rangeOf, textOf } from "./anchor.js";
import { paint } from "./dom.js";

const length = (text) => [...text].length;

/** Where `words` stand in the text of `block`, as segments. */
function* places(block, words) {
  const text = textOf(block);
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + words.length)) {
    const start = length(text.slice(0, at));
    yield { block: block.dataset.block, start, end: start + length(words) };
  }
}

const wanted = new URLSearchParams(location.search).getAll("words").filter(Boolean);
const block = wanted.length && document.getElementById(location.hash.slice(1))?.closest(".block[data-block]");
if (block) {
  const found = wanted.flatMap((words) => [...places(block, words)]).sort((one, other) => one.start - other.start);
  const ranges = found.map((each) => rangeOf(each)).filter(Boolean);
  paint("found", ranges);
  const box = ranges[0]?.getBoundingClientRect();
  if (box && (box.top < 0 || box.bottom > innerHeight)) ranges[0].startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
}
