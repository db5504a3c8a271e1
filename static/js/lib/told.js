/* Whether something came of what was asked; and where nothing did, that it is told. */
import { announce, gettext } from "./dom.js";

/** Whether an answer is a piece of this page: no page of its own (of a sign-in, of something between), no refusal. */
export function fits({ response: { status }, text }) {
  return !/^\s*<(!doctype|p data-refusal)/i.test(text) && (status < 400 || ((status === 409 || status === 422) && text.trim() !== ""));
}

/** Say beside `source` that nothing came of what it asked. */
export const refused = (...why) => import("./refusals.js").then((module) => module.refused(...why), () => announce(gettext("The server could not be reached. Try again.")));
