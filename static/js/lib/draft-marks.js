/* Where half-written words are kept, it stands on the page: beside their paragraph, or in their thread; and what
 * has no place to be written on in any more can be copied there. */
import { draftsOf, drop } from "./drafts.js";
import { waitingFor } from "./cards.js";
import { element, gettext } from "./dom.js";

const composer = () => document.querySelector("comment-composer");

const tag = () => element("span", { class: "tag", "data-draft": "" }, gettext("Draft kept"));

/** A button that goes on with a draft about a paragraph or words of it. */
function beside(draft, block) {
  const segments = JSON.parse(draft.get("segments") || "[]");
  const quote = segments.map(({ exact }) => exact).join(" … ");
  const mark = element("button", { class: "btn small", type: "button", "data-draft": "" }, gettext("Draft kept"), ...(quote ? [": ", element("q", {}, quote.slice(0, 60))] : []));
  mark.addEventListener("click", () => mark.dispatchEvent(new CustomEvent("compose", { bubbles: true, detail: { block: block.dataset.block, segments } })));
  block.querySelector(":scope > .threads")?.append(mark);
}

/** Words for which there is no form: to be copied, and thrown away. */
function stranded(draft, room) {
  const words = element("textarea", { rows: "4", readonly: "", "aria-label": gettext("Your draft") });
  words.value = draft.get("body");
  const away = element("button", { class: "btn small quiet", type: "button" }, gettext("Throw it away"));
  away.addEventListener("click", () => drop(draft.name));
  room.prepend(element("div", { class: "notice warn", "data-draft": "" }, gettext("Your draft is kept, but it cannot be posted here any more. Copy it from here."), words, away));
}

function inThread(draft, thread) {
  const card = document.getElementById(`t${thread}`);
  const waiting = waitingFor(thread);
  const talk = document.getElementById(`conversation-${thread}`);
  if (card) card.querySelector("summary").append(" ", tag());
  else if (waiting) waiting.after(tag());
  else if (!talk) stranded(draft, document.querySelector("#text") ?? document.querySelector("main"));
  if (talk && !talk.querySelector("form[hx-post*='/comments/']")) stranded(draft, talk);
}

/** A revision that was begun: beside the way to its form; of a withdrawn comment, beside the way back. */
function atComment(draft, comment) {
  const [said, slot] = [document.getElementById(`c${comment}`), document.getElementById(`c${comment}-form`)];
  if (!said || !slot || slot.querySelector("form")) return;
  const acts = said.querySelector(":scope > .acts");
  const way = acts?.querySelector(`a[hx-get="${CSS.escape(draft.target)}"], form[hx-post$="/withdrawal/"]:has([name="undo"])`);
  if (way) way.after(tag());
  else if (draft.get("body")) stranded(draft, slot);
}

function show() {
  for (const old of document.querySelectorAll("[data-draft]")) old.remove();
  // Where nothing can be posted any more, in a closed reading or an archived seminar, there is no composer.
  const here = location.pathname.replace(/\d+\/$/, "").replace(/(\/r\/[^/]+\/)$/, "$1threads/");
  const threads = composer()?.getAttribute("threads") ?? here;
  for (const draft of draftsOf(threads)) {
    const [, thread] = draft.target.slice(threads.length).match(/^(\d+)\/comments\/$/) ?? [];
    const of = draft.key.match(composer() ? /^thread-([^:]+)/ : /^(?:thread|pick)-([^:]+)/)?.[1]; // there, on the form's own page
    const block = of && document.querySelector(`#text .block[data-block="${CSS.escape(of)}"]`);
    if (thread && draft.get("body")) inThread(draft, thread);
    else if (block && !composer() && draft.get("body")) stranded(draft, block.querySelector(":scope > .threads") ?? block);
    else if (block && !block.querySelector(":scope > .threads > .writing")) beside(draft, block);
  }
  for (const draft of draftsOf(threads.replace(/threads\/$/, "comments/"))) {
    const [, comment] = draft.target.match(/comments\/(\d+)\/revisions\/$/) ?? [];
    if (comment) atComment(draft, comment);
  }
  document.dispatchEvent(new CustomEvent("restack"));
}

for (const type of ["draft-kept", "htmx:after:swap", "thread-loaded", "storage"]) addEventListener(type, show);
show();
