/* What is written in a form is sent when it has been at rest for a while, and as the page is left. */

const LEAVING = 30_000; // ms after which a page that was to be left, by a download say, has stayed

/** Have `keep` send what is written in `host`, a <draft-form>, `rest` ms after the last key, until `signal` says that it
 * is gone. It gets a function that says whether nothing was written since and the page stays, and one that says the first alone.
 * Returns `changed`, which tells of a change, and `send`, which waits no longer. */
export function keepAtRest(host, { signal, rest, keep }) {
  let [timer, changes, sent] = [0, 0, 0];
  let leftAt = -LEAVING; // the page that comes may be older than what is sent now: this device keeps it

  async function send() {
    clearTimeout(timer);
    if (changes === sent || host.busy || !host.form) return;
    const now = changes;
    sent = now;
    try {
      const isCurrent = () => now === changes && !host.busy && host.form;
      await keep(() => performance.now() - leftAt > LEAVING && isCurrent(), isCurrent);
    } catch {
      sent = -1; // with the next key, or as the page is left, once more
    }
  }

  function changed() {
    changes += 1;
    clearTimeout(timer);
    timer = setTimeout(send, rest);
  }

  for (const type of ["input", "change"]) host.addEventListener(type, changed, { signal });
  host.addEventListener("submit", () => clearTimeout(timer), { signal });
  addEventListener("beforeunload", () => { leftAt = performance.now(); send(); }, { signal });
  addEventListener("pagehide", send, { signal });
  addEventListener("pageshow", () => { leftAt = -LEAVING; }, { signal });
  document.addEventListener("visibilitychange", () => document.hidden && send(), { signal });
  return { changed, send };
}
