/* The card of a link in the making: the words that are chosen, what comes next, then the server's own form. */
import { announce, element, fragment, nodes } from "./dom.js";
import { formFor, nameOf, ranges } from "./link-ends.js";
import { uncover } from "./link-opening.js";
import { low } from "./pair-texts.js";

/** Show the words at the near end, beside them, and say what comes `next`. */
export function showNear(card, { side, words }, next) {
  const quote = element("blockquote", { class: "making-end" }, element("span", {}, nameOf(words, side)), element("q", {}, words.map(({ exact }) => exact).join(" … ")));
  card.querySelector(".making-room").replaceChildren(quote, element("p", { class: "making-next" }));
  card.querySelector(".making-acts").hidden = false;
  card.hidden = false;
  const [field, range] = [card.closest(".links-field").getBoundingClientRect(), ranges(words, side)[0]];
  const top = (range?.getBoundingClientRect().top ?? field.top) - field.top - 60;
  card.style.setProperty("--y", `${Math.round(Math.max(8, Math.min(top, field.height - 320)))}px`);
  tell(card, next);
}

export function tell(card, words) {
  card.querySelector(".making-next").textContent = words;
  announce(words, card);
}

/** Put the form for a link between these words into the card, unless it `isOver` meanwhile; rejects where it cannot be had. */
export async function showForm(card, near, far, isOver) {
  const form = element("draft-form", { key: `link-${far.side}`, stays: "" });
  form.append(nodes(await fragment(formFor(near, far))));
  if (isOver()) return;
  card.querySelector(".making-room").replaceChildren(form);
  card.querySelector(".making-acts").hidden = true; // the form has its own
  card.style.setProperty("--y", "8px");
  globalThis.htmx?.process(form);
  if (low()) uncover((side) => ranges([near, far].find((end) => end.side === side).words, side)[0]?.getBoundingClientRect());
  (form.querySelector("[type=radio]:checked") ?? form.querySelector("[type=radio]"))?.focus();
}
