/* Answers to a checkpoint are kept on the server as they are given, so that another device, a lost session or a
 * closed tab costs nothing. What the server does not have yet, <draft-form> keeps on this device. */
import { post } from "./dom.js";
import { forget, untouched } from "./drafts.js";
import { keepAtRest } from "./keeping.js";

const REST = 800; // ms without a key, after which what was written is sent

/** Keep what is answered in the form of `host` at the address in its `keep`, until `signal` says that it is gone. */
export function keepAnswers(host, { signal }) {
  async function keep(isLast, isCurrent) {
    await post(host.getAttribute("keep"), new FormData(host.form), { keepalive: true });
    if (!isCurrent()) return; // there is more: this device keeps it
    if (isLast()) forget(host.key, host.form);
    host.say(host.querySelector(".draft-state").dataset.kept);
  }

  const { changed, send } = keepAtRest(host, { signal, rest: REST, keep });
  host.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault(); // handed in on purpose
  }, { signal });
  host.addEventListener("draft-keep", send, { signal });
  if (host.querySelector("time-left")) import("../elements/time-left.js").catch(() => {});
  if (untouched(host.form)) forget(host.key, host.form); // the server has what this device had
  else changed(); // what was written before this came, or came back from this device
}
