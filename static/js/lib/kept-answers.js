/* Answers to a checkpoint are kept on the server as they are given, so that another device, a lost session or a
 * closed tab costs nothing. What the server does not have yet, <draft-form> keeps on this device. */
import { post } from "./dom.js";
import { forget, untouched } from "./drafts.js";

const QUIET = 800; // ms without a key, after which what was written is sent

/** Keep what is answered in the form of `host` at the address in its `keep`, until `signal` says that it is gone. */
export function keepAnswers(host, { signal }) {
  let [timer, changes, sent] = [0, 0, 0];
  let leaving = false; // the page that comes may be older than what is sent now: this device keeps it

  async function send() {
    clearTimeout(timer);
    if (changes === sent || host.busy || !host.form) return;
    const now = changes;
    sent = now;
    try {
      await post(host.getAttribute("keep"), new FormData(host.form), { keepalive: true });
      if (now !== changes || host.busy || !host.form) return; // there is more: this device keeps it
      if (!leaving) forget(host.key, host.form);
      host.say(host.querySelector(".draft-state").dataset.kept);
    } catch {
      sent = -1; // with the next key, or as the page is left, once more
    }
  }

  function changed() {
    changes += 1;
    clearTimeout(timer);
    timer = setTimeout(send, QUIET);
  }

  for (const type of ["input", "change"]) host.addEventListener(type, changed, { signal });
  host.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault(); // handed in on purpose
  }, { signal });
  host.addEventListener("submit", () => clearTimeout(timer), { signal });
  addEventListener("beforeunload", () => { leaving = true; send(); }, { signal });
  addEventListener("pagehide", send, { signal });
  addEventListener("pageshow", () => { leaving = false; }, { signal });
  document.addEventListener("visibilitychange", () => document.hidden && send(), { signal });
  if (untouched(host.form)) forget(host.key, host.form); // the server has what this device had
  else changed(); // what was written before this came, or came back from this device
}
