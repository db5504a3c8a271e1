/* What a card opens to: its thread, fetched in place of the link that leads there. */
import { element, fragment, gettext, nodes } from "./dom.js";

/** Put the thread into `card`, in place of its a.body; where it cannot be had, say why, and offer to try again. */
export async function loadBody(card) {
  const body = card.querySelector(":scope > .body");
  if (!body?.href) return; // it is here already
  const room = element("div", { class: "body" });
  body.replaceWith(room);
  card.ariaBusy = "true";
  const slow = setTimeout(() => room.append(element("div", { class: "skeleton", "aria-hidden": "true" })), 300);
  try {
    room.replaceChildren(nodes(await fragment(body.href)));
    globalThis.htmx?.process(room);
  } catch ({ status, words }) {
    const again = element("button", { class: "btn small", type: "button" }, gettext("Try again"));
    again.addEventListener("click", () => { room.replaceWith(body); loadBody(card); });
    const why = await import("./refusals.js").then((module) => module.why(status, words), () => "");
    room.replaceChildren(element("div", { class: "fail", role: "alert" }, gettext("The thread could not be loaded."), " ", why, " ", again));
  } finally {
    clearTimeout(slow);
    card.ariaBusy = null;
    card.dispatchEvent(new CustomEvent("thread-loaded", { bubbles: true }));
    document.dispatchEvent(new CustomEvent("restack"));
  }
}
