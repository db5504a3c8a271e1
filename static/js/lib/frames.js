/* What follows the scroll, of whatever behaviour: once a frame everything is read, then everything is written, so that no reading
 * makes the browser lay the page out again. */
const parts = new Set();
let waiting;

/** Let `write` have what `read` finds, in each frame that is asked for; returns what ends it. */
export function follows(read, write) {
  const part = { read, write };
  parts.add(part);
  return () => parts.delete(part);
}

/** Ask for a frame; one comes, however often it is asked for. */
export function nextFrame() {
  waiting ??= requestAnimationFrame(() => {
    waiting = null;
    const found = [...parts].map((part) => [part, part.read()]);
    for (const [part, seen] of found) part.write(seen);
  });
}
