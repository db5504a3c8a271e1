/* Words that a link carries: of many, the first and the last, with an ellipsis in the middle. */
const ENDS = 40; // code points of each end

/** The words, or their ends. */
export function shortened(words) {
  const points = [...words];
  return points.length <= 2 * ENDS + 1 ? words : [...points.slice(0, ENDS), "…", ...points.slice(-ENDS)].join("");
}

/** The ends of words that were shortened; null of others. */
export function endsOf(words) {
  const points = [...words];
  return points.length === 2 * ENDS + 1 && points[ENDS] === "…" ? [points.slice(0, ENDS).join(""), points.slice(-ENDS).join("")] : null;
}
