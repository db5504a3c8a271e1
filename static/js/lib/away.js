/* Going on to another page with what a form has so far, which without that button would stay here. */
import { leave } from "./refusals.js";

/** Send the button's form to where the button leads, as a browser without scripting does. */
export const away = (button) => leave(button.form, button, () => send(button));

function send({ form, formAction, name, value }) {
  const said = Object.assign(document.createElement("input"), { type: "hidden", name, value });
  const here = form.getAttribute("action");
  form.action = formAction;
  form.append(said);
  HTMLFormElement.prototype.submit.call(form); // tells no listener
  form.setAttribute("action", here); // as it was, for who comes back
  said.remove();
}
