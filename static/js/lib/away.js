/* Going on to another page with what a form has so far: without the script that would keep it here. */

/** Send the button's form to where the button leads, as a browser without scripting does. */
export function away({ form, formAction, name, value }) {
  const said = Object.assign(document.createElement("input"), { type: "hidden", name, value });
  const here = form.getAttribute("action");
  form.action = formAction;
  form.append(said);
  HTMLFormElement.prototype.submit.call(form); // tells no listener
  form.setAttribute("action", here); // as it was, for who comes back
  said.remove();
}
