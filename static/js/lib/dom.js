/* Small things that every behaviour needs. */

export const wide = () => matchMedia("(width >= 72rem)").matches;
export const touch = () => matchMedia("(pointer: coarse), (width < 44rem)").matches;
export const typing = (target) => Boolean(target?.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]"));

/** The letter that is pressed, Caps Lock or not; on a layout of other letters, the one of the key's place. */
export const letterOf = ({ key, code, shiftKey }) => key > "\x7f" && code.startsWith("Key") ? code[3].toLowerCase() : key.length > 1 || shiftKey ? key : key.toLowerCase();

/* What scripts say: the page carries its translations where it is not in English. */
const words = JSON.parse(document.querySelector("meta[name=messages]")?.content ?? "{}");
export const gettext = (text) => words[text] ?? text;

/** The form for `n`, with `n` for its %s. */
export const ngettext = (one, many, n) => (words[one] ?? [one, many])[words.forms?.[n < 200 ? n : n % 100 + 100] ?? +(n !== 1)].replace("%s", n);

const unsaid = new Map();

/** Say `text` to those who listen: in the one polite region of the page, what comes at once in its order. Of the
 * states of one `thing` (a count, say), only the last is said; of one that is over ("") nothing. */
export function announce(text, thing = text) {
  const live = document.getElementById("live");
  unsaid.delete(thing); // it comes last again
  if (!live || !text) return;
  if (!unsaid.size) setTimeout(sayAll, 60);
  unsaid.set(thing, text);
  live.textContent = "";
}

function sayAll() {
  if (!unsaid.size) return; // it was over before it was said
  document.getElementById("live").textContent = [...unsaid.values()].join(" ");
  unsaid.clear();
}

let heard;

/** Say what has come with [data-say]; "once": what is asked for again and again, where it is not the same. */
export function sayMarked() {
  for (const one of document.querySelectorAll("[data-say]")) {
    const text = one.textContent.trim().replace(/\s+/g, " ");
    const isOld = one.dataset.say === "once" && text === heard;
    if (one.dataset.say === "once") heard = text;
    if (!isOld) announce(text);
    one.removeAttribute("data-say"); // or a later swap would say it again
  }
}

/** The page's CSRF token. */
export const csrfToken = () => document.querySelector('meta[name="csrf-token"]')?.content
  || document.querySelector('input[name="csrfmiddlewaretoken"]')?.value || "";

/** `fetch` from our own server: it is told whose page this is, so that nobody writes as another; and a page of
 * an earlier session sends again with the token that the server gives it. */
export async function send(url, request) {
  const go = (token) => { request.headers["X-CSRFToken"] = token; return fetch(url, request); };
  request.headers["X-Reader"] = document.documentElement.dataset.reader ?? "";
  request.body?.delete?.("csrfmiddlewaretoken"); // the page's own may be newer
  const answer = await go(csrfToken());
  const fresh = answer.headers.get("X-Fresh-Token");
  if (!fresh) return answer;
  document.querySelector('meta[name="csrf-token"]').content = fresh;
  for (const input of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) input.value = fresh;
  return go(fresh);
}

async function own(url, request) {
  const answer = await send(url, { credentials: "same-origin", ...request, headers: { "HX-Request": "true", Accept: "*/*" } });
  if (answer.ok && !answer.redirected) return answer;
  throw Object.assign(new Error(answer.status), { status: answer.status, words: await answer.text() });
}

/** POST fields of our own; `keepalive` lets it outlive the page. Rejects when the server refuses. */
export const post = (url, fields, { keepalive = false } = {}) => own(url, { method: "POST", keepalive, body: new URLSearchParams(fields) });

/** Fetch a fragment of our own server as text; rejects with the `words` of a refusal. */
export const fragment = async (url) => (await own(url)).text();

/** Our own server's markup as nodes; what members wrote in it was cleaned there. */
export const nodes = (markup) => document.createRange().createContextualFragment(markup);

/** Put `words` into an element made for them. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** The article that a behaviour serves: the element named by its `for`. */
export const served = (behaviour) => document.getElementById(behaviour.getAttribute("for"));

/** Give the focus back to `element` where a panel closed, unless it has gone on meanwhile: the browser tells of
 * the closing later, when the next key may have been pressed. */
export function returnFocus(element) {
  if (element?.isConnected && document.activeElement === document.body) element.focus({ preventScroll: true });
}

/** Paint passing states over text without touching the document. */
export function paint(name, ranges) {
  if (!CSS.highlights) return;
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}

/** Put a panel of the top layer beside `box` (viewport coordinates), 10 px off, inside the window. */
export function place(panel, box, { above = false } = {}) {
  const { offsetWidth: w, offsetHeight: h } = panel;
  const view = document.documentElement;
  const fitsBelow = box.bottom + 10 + h <= view.clientHeight;
  const fitsAbove = box.top - 10 - h >= 0;
  const top = above ? (fitsAbove || !fitsBelow ? box.top - 10 - h : box.bottom + 10)
    : (fitsBelow || !fitsAbove ? box.bottom + 10 : box.top - 10 - h);
  const left = Math.min(Math.max(8, box.left + box.width / 2 - w / 2), Math.max(8, view.clientWidth - w - 8));
  panel.style.top = `${Math.max(4, top) + scrollY}px`;
  panel.style.left = `${left + scrollX}px`;
}
