/* What is new, as the page shows it: at the cards, at the blocks' buttons, in the contents. */
import { element, gettext, ngettext } from "./dom.js";

const NEW = ":is(.thread, .more)[data-unread]";

/** Cards with something new, and the links behind which such cards wait, in the order of the page. */
const unreadOf = (place) => [...place.querySelectorAll(NEW)];

/** A link names the threads that wait behind it. */
const threadsOf = ({ id, dataset }) => dataset.unread ? dataset.unread.split(" ") : [id.slice(1)];

/** How many threads with something new stand there. */
export const unreadIn = (place) => unreadOf(place).reduce((sum, one) => sum + threadsOf(one).length, 0);

/** The next thread with something new, or the previous one, from where the reader is; none where there is none. */
export function nextUnread(essay, way) {
  const unread = unreadOf(essay);
  const from = document.activeElement.closest(".block") ?? [...essay.querySelectorAll(".block")].find((block) => block.getBoundingClientRect().bottom > 80);
  const before = ({ parentElement }) => Boolean(from.compareDocumentPosition(parentElement) & Node.DOCUMENT_POSITION_PRECEDING);
  const found = way === "next" ? unread.find((each) => !before(each)) ?? unread[0] : unread.findLast(before) ?? unread.at(-1);
  return found && threadsOf(found)[0];
}

const toldAt = (n) => n ? ngettext(", %s unread", ", %s unread", n) : "";

/** Let a block's button say how many of its threads have something new; `before`, it said so many. */
export function tellHandle(block, before) {
  const handle = block?.querySelector(":scope > .handle");
  const now = handle ? unreadIn(block) : 0;
  if (!handle || now === before) return;
  const label = handle.getAttribute("aria-label");
  handle.setAttribute("aria-label", (before && label.endsWith(toldAt(before)) ? label.slice(0, -toldAt(before).length) : label) + toldAt(now));
  handle.querySelector(".dot")?.remove();
  if (now) handle.prepend(element("span", { class: "dot" }));
}

/** Let a card say how many comments in it are new; none is 0. */
export function tellCard(card, count) {
  const block = card.closest(".block");
  const before = block ? unreadIn(block) : 0;
  const line = card.querySelector("summary");
  for (const sign of line.querySelectorAll(":scope > :is(.dot, .vh, [data-new])")) sign.remove();
  card.toggleAttribute("data-unread", count > 0);
  if (count) {
    line.prepend(element("span", { class: "dot" }), element("span", { class: "vh" }, `${gettext("Unread.")} `));
    const replies = line.querySelector(":scope > small");
    const told = element("small", { "data-new": "" }, replies ? "· " : "", ngettext("%s new", "%s new", count));
    (replies ?? line.querySelector(".who")).after(" ", told);
  }
  tellHandle(block, before);
}

/** Let a link to cards that wait forget which of them are new, or know them again. */
export function tellWaiting(link, isNew) {
  const block = link.closest(".block");
  const before = unreadIn(block);
  if (isNew && link.unread) link.dataset.unread = link.unread;
  else if (!isNew && link.dataset.unread) { link.unread = link.dataset.unread; link.removeAttribute("data-unread"); }
  tellHandle(block, before);
}

/** Count anew what is new below each heading of the contents. */
export function tellContents(essay) {
  for (const list of document.querySelectorAll(".toc > ol")) {
    const items = [...list.children].map((item) => ({ item, head: document.getElementById(item.querySelector("a")?.hash.slice(1)), count: 0 }));
    for (const one of unreadOf(essay)) {
      if (one.closest("#b-end")) continue; // about the whole essay
      const under = items.findLast(({ head }) => head && head.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (under) under.count += threadsOf(one).length;
    }
    for (const { item, count } of items) tellSection(item, count);
  }
}

function tellSection(item, count) {
  const told = item.querySelector("[data-new]");
  if (count && told) told.textContent = ngettext("%s new", "%s new", count);
  if (Boolean(count) === Boolean(told)) return;
  const meta = item.querySelector(".meta") ?? item.appendChild(element("span", { class: "meta" }));
  if (count) meta.prepend(element("span", { "data-new": "" }, ngettext("%s new", "%s new", count)), meta.firstChild ? " · " : "");
  else {
    if (told.nextSibling) told.nextSibling.remove(); // the point between them
    told.remove();
  }
}
