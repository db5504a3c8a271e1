/* What others have said while the page stood open: told at the card, at the block's button and in the bar, and put into
 * an open thread by a button there. What is being written, and the place in the text, stay as they are. */
import { announce, element, fragment, ngettext, nodes } from "./dom.js";
import { markAnew } from "./live-marks.js";
import { tellCard, unreadIn } from "./unread.js";

const MOST_BLOCKS = 40; // that the server answers at once

/** Let the page tell of these threads, `{thread, seq, block, new}` each; what they say comes from the list of threads. */
export async function tellThreads(essay, url, threads) {
  const before = unreadIn(essay);
  const keys = [...new Set(threads.map(({ block }) => block))];
  for (let at = 0; at < keys.length; at += MOST_BLOCKS) {
    const query = new URLSearchParams([...keys.slice(at, at + MOST_BLOCKS).map((key) => ["block", key]), ["words", "1"]]);
    const come = nodes(await fragment(`${url}?${query}`));
    for (const { dataset, children } of come.querySelectorAll("[data-of]")) tellBlock(essay, dataset.of, [...children], url);
  }
  const replies = threads.reduce((sum, hint) => sum + tellOpen(essay, hint, url), 0);
  document.dispatchEvent(new CustomEvent("unread-changed", { detail: { threads: {} } }));
  document.dispatchEvent(new CustomEvent("restack"));
  const more = unreadIn(essay) - before;
  if (replies) announce(ngettext("%s new reply in the open thread", "%s new replies in the open thread", replies));
  else if (more > 0) announce(ngettext("%s more thread with something new", "%s more threads with something new", more));
}

function tellBlock(essay, key, children, url) {
  const block = essay.querySelector(`.block[data-block="${CSS.escape(key)}"]`);
  if (!block) return;
  const handle = block.querySelector(":scope > .handle");
  const fresh = children.find((child) => child.matches(".handle"));
  const waiting = children.filter((child) => child.matches(".thread") && !renewed(child));
  const words = children.find((child) => child.matches("[data-words]"))?.querySelector("[data-text]");
  if (words) markAnew(block, words);
  if (waiting.length) tellMore(block, waiting, `${url}?block=${encodeURIComponent(key)}`);
  if (!handle || !fresh) return;
  // On a narrow page a full button takes a line below its block, and would push the text down.
  if (!matchMedia("(width < 44rem)").matches) handle.toggleAttribute("data-empty", fresh.hasAttribute("data-empty"));
  handle.setAttribute("aria-label", fresh.getAttribute("aria-label"));
  handle.replaceChildren(...fresh.childNodes);
}

/** Write a card's line anew, where it is on the page; its body stays. */
function renewed(fresh) {
  const card = document.getElementById(fresh.id);
  if (!card) return false;
  const count = Number(fresh.querySelector("summary > [data-new]")?.textContent.match(/\d+/)?.[0] ?? 0);
  card.querySelector("summary").replaceChildren(...fresh.querySelector("summary").childNodes);
  tellCard(card, count);
  return true;
}

/** Cards that are not on the page wait behind the block's link, as those do that were there from the first. */
function tellMore(block, cards, href) {
  const threads = block.querySelector(":scope > .threads");
  const link = threads.querySelector(":scope > .more") ?? threads.appendChild(element("a", { class: "more", href }));
  const names = (some) => some.map(({ id }) => id.slice(1)).join(" ");
  const unread = names(cards.filter((card) => card.matches("[data-unread]")));
  link.dataset.threads = names(cards);
  if (unread) link.dataset.unread = unread;
  else link.removeAttribute("data-unread");
  link.textContent = ngettext("%s more thread", "%s more threads", cards.length);
}

/** In an open thread, offer what came; say how many replies that is. */
function tellOpen(essay, hint, url) {
  const card = essay.querySelector(`#t${hint.thread}[open]`);
  const talk = card?.querySelector(".conversation");
  if (!talk || !hint.new) return 0;
  return offer(talk, hint, `${url}${hint.thread}/arrivals/`, () => {
    tellCard(card, 0);
    document.dispatchEvent(new CustomEvent("unread-changed", { detail: { threads: {} } }));
    document.dispatchEvent(new CustomEvent("restack"));
  });
}

/** Offer what came in a thread that is shown, behind a button at its end; say how many more replies that is than were
 * told. `read` is called when they are there. */
export function offer(talk, { thread, seq, new: count }, url, read = () => {}) {
  const last = talk.querySelector(`#last-seq-${thread}`);
  const known = Math.max(last?.value ?? 0, talk.dataset.last ?? 0);
  if (seq <= known) return 0;
  let button = talk.querySelector(":scope > .arrivals");
  if (!button) {
    button = element("button", { class: "btn arrivals", type: "button" });
    button.addEventListener("click", () => unfold(talk, thread, button, url, read));
    const form = last?.closest("draft-form");
    if (form) form.before(button);
    else talk.append(button);
  }
  const replies = count || seq - known; // who has muted the thread has nothing new in it; but they are looking
  const words = ngettext("%s new reply", "%s new replies", replies);
  const isMore = button.textContent !== words;
  button.textContent = words;
  return isMore ? replies : 0;
}

async function unfold(talk, thread, button, url, read) {
  const last = talk.querySelector(`#last-seq-${thread}`);
  button.disabled = true;
  try {
    const come = nodes(await fragment(`${url}?after=${Math.max(last?.value ?? 0, talk.dataset.last)}`)).firstElementChild;
    const put = [...come.children].flatMap((piece) => place(talk, button, piece));
    talk.dataset.last = come.dataset.last;
    if (last) last.value = come.dataset.last;
    button.remove();
    globalThis.htmx?.process(talk);
    read();
    if (!put.length) return;
    put[0].tabIndex = -1;
    put[0].focus();
  } catch ({ status, words }) {
    button.disabled = false;
    import("./told.js").then(({ refused }) => refused(button, status, words));
  }
}

/** Put a comment below what it answers, or before the button; none that is there already. */
function place(talk, button, piece) {
  const comment = piece.firstElementChild;
  if (document.getElementById(comment.id)) return [];
  const above = piece.dataset.under && talk.querySelector(`#c${piece.dataset.under}`);
  if (above) (above.querySelector(":scope > .replies") ?? above.appendChild(element("div", { class: "replies" }))).append(comment);
  else button.before(comment);
  return [comment];
}
