/* The line in a form that says where its words are. */
import { gettext } from "./dom.js";

const OFFLINE = gettext("You are offline. Your words are kept on this device.");

function write(line, text) {
  line.textContent = text;
  line.hidden = !text;
}

/** Say `text` in the line of `form`, or nothing. */
export function say(form, text) {
  const line = form?.querySelector(".draft-state");
  if (line) write(line, text);
}

/** Say that there is no connection, unless a refusal beside `form` says so. */
export function sayOffline(form) {
  if (!navigator.onLine && !form.refusal?.isConnected) say(form, OFFLINE);
}

addEventListener("online", () => {
  for (const line of document.querySelectorAll(".draft-state")) if (line.textContent === OFFLINE) write(line, "");
});
