/* Sentences of the text to tick, for who selects nothing: their places are code points of their block's text. */
import { segment, textOf } from "./anchor.js";
import { element } from "./dom.js";

const SHOWN = 60; // code points of a paragraph: enough to know it by
const length = (text) => [...text].length;

/** Each as { start, end, text }; the whole block as one, where the browser cannot tell sentences. */
export function sentencesOf(block) {
  const text = textOf(block);
  const pieces = Intl.Segmenter ? [...new Intl.Segmenter(block.closest("[lang]")?.lang || "en", { granularity: "sentence" }).segment(text)] : [{ segment: text, index: 0 }];
  return pieces.filter(({ segment: piece }) => piece.trim()).map(({ segment: piece, index }) => {
    const start = length(text.slice(0, index)) + length(piece) - length(piece.trimStart());
    return { start, end: start + length(piece.trim()), text: piece.trim() };
  });
}

/** As much of these words as a list has room for, to the end of a word. */
function beginning(words) {
  const points = [...words];
  return points.length <= SHOWN ? words : `${points.slice(0, SHOWN).join("").replace(/\s+\S*$/u, "")} …`;
}

/** Put the paragraphs of `essay` into `list`, once. */
export function listBlocks(list, essay) {
  if (list.options.length) return;
  for (const block of essay.querySelectorAll(".block[data-block]")) {
    const [text, number] = [beginning(textOf(block).trim()), block.querySelector("a.num")?.textContent];
    if (text) list.append(element("option", { value: block.dataset.block }, number ? `¶ ${number} ${text}` : text));
  }
}

/** Put the sentences of `block` into `fieldset`, to be ticked. */
export function listSentences(fieldset, block) {
  for (const old of fieldset.querySelectorAll("label")) old.remove();
  for (const { start, end, text } of sentencesOf(block)) {
    fieldset.append(element("label", { class: "choice" }, element("input", { type: "checkbox", value: `${start}-${end}` }), element("span", {}, text)));
  }
}

/** From the first sentence that is ticked to the last, as segments; [] where none is. */
export function ticked(fieldset, block) {
  const edges = [...fieldset.querySelectorAll("input:checked")].flatMap(({ value }) => value.split("-").map(Number));
  return edges.length ? [segment(block, Math.min(...edges), Math.max(...edges))] : [];
}
