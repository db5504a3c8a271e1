/* Small things that every behaviour needs. */

export const wide = () => matchMedia("(width >= 72rem)").matches;
export const touch = () => matchMedia("(pointer: coarse), (width < 44rem)").matches;
export const typing = (target) => Boolean(target?.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]"));

/* What scripts say: the page carries its translations where it is not in English. */
const words = JSON.parse(document.querySelector("meta[name=messages]")?.content ?? "{}");
export const gettext = (text) => words[text] ?? text;

/** The form for `n`, with `n` for its %s. */
export const ngettext = (one, many, n) => (words[one] ?? [one, many])[words.forms?.[n < 200 ? n : n % 100 + 100] ?? +(n !== 1)].replace("%s", n);

/** Say `text` to those who listen; the one polite region of the page. */
export function announce(text) {
  const live = document.getElementById("live");
  if (!live) return;
  live.textContent = "";
  setTimeout(() => { live.textContent = text; }, 60);
}

/** The page's CSRF token. */
export const csrfToken = () => document.querySelector('meta[name="csrf-token"]')?.content
  || document.querySelector('input[name="csrfmiddlewaretoken"]')?.value || "";

/** POST fields of our own; `keepalive` lets it outlive the page. Rejects when the server refuses. */
export async function post(url, fields, { keepalive = false } = {}) {
  const answer = await fetch(url, {
    method: "POST", keepalive, credentials: "same-origin",
    headers: { "X-CSRFToken": csrfToken(), "HX-Request": "true" },
    body: new URLSearchParams(fields),
  });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer;
}

/** Whether an answer is the sign-in page, to which a session that has run out is sent. */
export const signedOut = (answer) => Boolean(answer?.redirected) && new URL(answer.url).pathname.startsWith("/accounts/");

/** Fetch a fragment of our own server as text; a sign-in page is no fragment. */
export async function fragment(url) {
  const answer = await fetch(url, { credentials: "same-origin", headers: { "HX-Request": "true", Accept: "text/html" } });
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
  return answer.text();
}

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
