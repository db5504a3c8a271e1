/* A form beside what it changes, sent without leaving the page. */
import { gettext, sayMarked, send } from "./dom.js";

export const parsed = (markup) => new DOMParser().parseFromString(markup, "text/html");

export const isPlainClick = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);

export function closeButton(pressed) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn small quiet", textContent: gettext("Close") });
  button.addEventListener("click", pressed);
  return button;
}

/** Show on top of `root` what another page tells of what was done, in place of what was told there before. */
export function takeMessages(page, root) {
  root.querySelector(".messages")?.remove();
  root.prepend(page.querySelector(".messages") ?? "");
  sayMarked();
}

/** The field to begin with where a form came back: what is in it is not kept. */
export function refusedField(root) {
  const field = root.querySelector("[aria-invalid]") ?? root.querySelector("input:not([type=hidden])");
  field.dataset.refused = "";
  return field;
}

/** The first field within `root` into which somebody has written what is not kept. */
export function written(root) {
  const refused = root.querySelector("[data-refused]");
  if (refused) return refused;
  const fields = [...root.querySelectorAll("input:not([type=hidden]), textarea")];
  return fields.find((one) => one.type === "checkbox" ? one.checked !== one.defaultChecked : one.value !== one.defaultValue);
}

/** Send a form, with `fields` besides: `page` is where it led to when it was kept, `refused` the form with what is
 * wrong. Rejects where the server says anything else. */
export async function sendForm(form, fields, signal) {
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const answer = await send(form.action, { method: "POST", headers: { "HX-Request": "true" }, body, signal });
  if (![200, 409, 422].includes(answer.status)) throw new Error(answer.status);
  const text = await answer.text();
  return answer.redirected ? { page: parsed(text) } : { refused: text };
}
