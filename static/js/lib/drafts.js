/* Half-written words, kept on this device until the server has them. */

import { gettext } from "./dom.js";

const PREFIX = "draft:";
const KEEP = 60 * 24 * 3600 * 1000; // ms: a draft untouched for sixty days is let go
const NEVER_KEPT = new Set(["csrfmiddlewaretoken", "password"]);
// What is kept on the server as it is typed goes on from the state that the words were written on.
const WITH_WORDS = new Set(["version", "kept", "kept_version"]);
const POSTED = '{"posted":true}';
const SENT = "sent-draft"; // in this tab: what was sent to another page, until that is here

// One device may serve several people: each gets back what they wrote themselves.
const place = (path) => `${PREFIX}${document.documentElement.dataset.reader ?? ""}:${path}:`;
/** Where a form leads: its words belong there, whichever page it stands on. */
const pathOf = (form) => new URL(form.getAttribute("action"), location.href).pathname;
/** The name of a draft: its reader, where its form leads, and which words it is about. */
const nameOf = (key, form) => `${place(pathOf(form))}${key}`;
/** The key of a new thread: words have a draft of their own, and so has the paragraph as a whole. */
export const threadKey = (block, segments) => [`thread-${block}`, ...segments.map(({ block: of, start, end, exact }) => `${of} ${start} ${end} ${exact}`)].join(":");
const tell = () => document.dispatchEvent(new CustomEvent("draft-kept", { bubbles: true }));

const typed = (form) => [...form.elements].filter((control) => control.matches("textarea, input[type=text], input:not([type])"));
const fresh = (control) => {
  if (control.matches("select")) return control.selectedOptions[0] === ([...control.options].findLast((option) => option.defaultSelected) ?? control.options[0]);
  return /radio|checkbox/.test(control.type) ? control.checked === control.defaultChecked : control.value === control.defaultValue;
};
/** Whether nothing in `form` is other than the server sent it. */
export const untouched = (form) => [...form.elements].every((control) => control.type === "hidden" || control.matches("button") || !control.name || fresh(control));

/** Let what stands in `form` be what it began with: the server has it. */
export function settle(form) {
  for (const control of form.elements) {
    if (control.matches("select")) for (const option of control.options) option.defaultSelected = option.selected;
    else if (/radio|checkbox/.test(control.type)) control.defaultChecked = control.checked;
    else if (control.matches("textarea, input:not([type=hidden])")) control.defaultValue = control.value;
  }
}

/** Keep what is written in `form`, or forget it when nothing is; false where storage is off or full. */
export function keep(key, form) {
  // Of answers each counts, whether it is written or chosen.
  const words = form.closest("[keep]") ? [] : [...form.querySelectorAll("textarea")];
  const written = typed(form).filter((control) => !fresh(control)); // in a line, too, as why one changes a comment
  if (words.length && ![...words, ...written].some(({ value }) => value.trim())) return forget(key, form);
  if (words.length ? !written.length : untouched(form)) return false; // as the server sent it: nothing new to keep
  const fields = [...new FormData(form)].filter(([field, value]) => !NEVER_KEPT.has(field) && typeof value === "string");
  try {
    localStorage.setItem(nameOf(key, form), JSON.stringify({ fields, at: Date.now() }));
    return true;
  } catch { return false; }
}

/** Put kept words back into an untouched `form`; true when there were some. */
export function restore(key, form) {
  const { fields } = read(nameOf(key, form)) ?? {};
  if (!fields || !typed(form).every(fresh)) return false;
  const seen = {};
  // Where the server has just sent the same words back, it has also said what they are of.
  const isOwn = form.closest("kept-part") && !sameWords(form, fields);
  for (const control of form.elements) {
    const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
    const nth = seen[control.name] = (seen[control.name] ?? -1) + 1; // of several gaps in one sentence
    // What the page has set itself (the words that were chosen) is newer than the draft.
    const withWords = control.name === "client_key" || (WITH_WORDS.has(control.name) && isOwn);
    const set = control.type === "hidden" && control.value && !withWords;
    if (/radio|checkbox/.test(control.type)) control.checked = values.includes(control.value);
    else if (values.length && control.matches("select")) control.value = values.find((value) => [...control.options].some((option) => option.value === value)) ?? "";
    else if (values.length && !set) control.value = values[nth] ?? values[0];
  }
  return !untouched(form);
}

const worded = (form, fields) => JSON.stringify([...fields].filter(([name, value]) => form.elements.namedItem(name)?.type !== "hidden" && typeof value === "string"));
const sameWords = (form, fields) => worded(form, new FormData(form)) === worded(form, fields);

/** One form at a time in a thread: what was begun in another is kept, and there when it is opened again. */
export function closeOthers(slot) {
  for (const other of slot?.closest(".conversation")?.querySelectorAll("[data-slot]") ?? []) if (other !== slot) other.replaceChildren();
}

/** A kept draft by its name; null where there is none. */
export function read(name) {
  try { const draft = JSON.parse(localStorage.getItem(name)); return draft?.fields ? draft : null; } catch { return null; }
}

/** The drafts of this reader for forms that lead to `path` and below, newest first. */
export function draftsOf(path) {
  const mine = place("").slice(0, -1);
  const found = [];
  try {
    for (const name of Object.keys(localStorage).filter((each) => each.startsWith(`${mine}${path}`))) {
      const [target, key] = [name.slice(mine.length, name.indexOf(":", mine.length)), name.slice(name.indexOf(":", mine.length) + 1)];
      const draft = read(name);
      if (draft) found.push({ name, target, key, ...draft, get: (field) => draft.fields.find(([each]) => each === field)?.[1] ?? "" });
    }
  } catch { /* no storage */ }
  return found.sort((one, other) => other.at - one.at);
}

/** Let the draft of `form` go; where it was `posted`, other tabs are told. */
export function forget(key, form, posted = false) {
  return drop(nameOf(key, form), posted);
}

export function drop(name, posted = false) {
  try {
    if (posted && localStorage.getItem(name)) localStorage.setItem(name, POSTED);
    localStorage.removeItem(name);
  } catch { /* nothing could be kept */ }
  tell();
  return false;
}

let isLeaving = false; // what is noted now is for the page that comes

/** Note that `form` is sent and leads to another page, which says whether its words were taken. */
export function noteSent(key, form) {
  isLeaving = true;
  try { sessionStorage.setItem(SENT, nameOf(key, form)); } catch { /* the draft stays */ }
}

/** On the page that came of it: let the draft go, unless it was refused, or all of its words stand in its form again. */
export function forgetSent() {
  if (isLeaving) return;
  try {
    const name = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
    const [arrival] = performance.getEntriesByType("navigation");
    if (!name || arrival?.type !== "navigate" || arrival.responseStatus >= 400 || !document.documentElement.dataset.reader) return;
    const form = [...document.querySelectorAll("draft-form form")].find((one) => nameOf(one.closest("draft-form").getAttribute("key"), one) === name);
    const controls = form ? typed(form) : [];
    const written = (read(name)?.fields ?? []).filter(([field, value]) => value.trim() && controls.some((control) => control.name === field));
    const stands = ([field, value]) => controls.some((control) => control.name === field && control.value.trim() === value.trim());
    if (!form || !written.every(stands)) drop(name, true);
  } catch { /* the draft stays */ }
}

/** Empty `form`, and make its next post another one. */
export function clear(form) {
  for (const field of form.querySelectorAll('textarea, [name="client_key"]')) field.value = "";
  form.querySelector(".preview")?.replaceChildren();
}

/** At the news that another tab has posted `form`: let go of the words that were posted, keep all that is other, and
 * say which. What is `chosen` in a checkpoint stays in any case. Empty where there is nothing to say. */
export function takePosted(draft, form, { key, oldValue, newValue }, chosen = false) {
  if (key !== nameOf(draft, form) || newValue !== POSTED) return "";
  const same = sameWords(form, JSON.parse(oldValue)?.fields ?? []);
  for (const id of form.querySelectorAll('[name="client_key"]')) id.value = ""; // or the next post would be taken for that one
  if (!same && !chosen && typed(form).every(({ value }) => !value.trim())) return "";
  if (!same) return gettext("Another tab has posted this with something else. What stands here is kept.");
  if (!chosen) { form.reset(); clear(form); }
  return gettext("Posted from another tab.");
}

export function forgetOld() {
  forgetSent();
  try {
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
      if (Date.now() - (JSON.parse(localStorage.getItem(key))?.at ?? 0) > KEEP) localStorage.removeItem(key);
    }
  } catch { /* no storage */ }
}

/** A key by which the server knows the same post again. */
export function clientKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is missing on plain http
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
