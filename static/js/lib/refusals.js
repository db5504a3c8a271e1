/* What was asked and did not happen is told beside what asked, with the reason and what can be done. Every page
 * fetches this as soon as it stands: when it is needed, there may be no connection. */
import { say } from "./draft-state.js";
import { element, gettext, nodes } from "./dom.js";

// A page that came back with what is wrong begins there, if nobody is elsewhere on it yet.
const wrong = document.querySelector(".errors[data-focus]");
wrong?.removeAttribute("data-focus");
if (document.activeElement === document.body) wrong?.focus();

const isTold = (words = "") => words.includes("<p data-refusal");

/** Why nothing came of it: in the server's words, or those for its status (none: no answer). */
export function why(status, words) {
  if (isTold(words)) return nodes(words);
  if (!status) return gettext("That did not work: the server could not be reached. Nothing is lost; try again.");
  if (status === 429 || status === 503) return gettext("That did not work: the server is busy. Nothing is lost; try again in a minute.");
  return gettext("That did not work: something went wrong on the server. Nothing is lost; try again.");
}

/** Say it beside `source`, which asked. */
export function refused(source, status, words) {
  source.refusal?.remove();
  const isWritten = source.matches("draft-form form[hx-post]"); // what a press of its button sends is all in it
  const waits = isWritten && !status && !navigator.onLine;
  const box = element("div", { class: "errors", role: "alert", "data-refused": "" }, waits ? gettext("You are offline. Your words are kept on this device, and are sent when you are back.") : why(status, words));
  const retry = source.again ?? (isWritten && !isTold(words) && (() => source.requestSubmit()));
  if (waits) addEventListener("online", () => box.isConnected && retry(), { once: true });
  else if (retry) {
    const again = element("button", { class: "btn small", type: "button" }, gettext("Try again"));
    again.addEventListener("click", () => { box.remove(); retry(); });
    box.append(" ", again);
  }
  const form = source.closest("form");
  const acts = form?.querySelector(":scope > .acts");
  if (acts) acts.before(box);
  else ((form ?? source).closest(".acts, .items") ?? form ?? source.closest(".block") ?? source).after(box);
  say(form, ""); // it said how things stood before
  source.refusal = box;
  document.dispatchEvent(new CustomEvent("restack"));
  setTimeout(() => box.scrollIntoView({ block: "nearest" }), 60); // where the margin has put it
}

/** Send `form`, which leads to another page, where the server answers; once, however often it is pressed. */
export async function leave(form, submitter, send = () => form.requestSubmit(submitter)) {
  if (form.leaving === false) return; // it is being asked
  form.leaving = false;
  form.refusal?.remove();
  const host = form.closest("draft-form");
  const drafts = host && import("./drafts.js").catch(() => null); // the draft stays, then
  const { status } = await fetch("/livez", { cache: "no-store", signal: AbortSignal.timeout(10_000) }).catch(() => ({}));
  form.leaving = status < 500;
  if (form.leaving) (await drafts)?.noteSent(host.getAttribute("key"), form);
  if (form.leaving) send();
  else refused(form, status);
  delete form.leaving;
}
