/* Half-written words, kept on this device until the server has them. */

const PREFIX = "draft:";
const KEEP = 60 * 24 * 3600 * 1000; // ms: a draft untouched for sixty days is let go
const NEVER_KEPT = new Set(["csrfmiddlewaretoken", "password"]);

// One device may serve several people: each gets back what they wrote themselves.
const reader = () => document.documentElement.dataset.reader ?? "";
const name = (key) => `${PREFIX}${reader()}:${location.pathname}:${key}`;

/** Keep what is written in `form`, or forget it when nothing is; false where storage is off or full. */
export function keep(key, form) {
  const words = form.querySelector("textarea");
  if (!words?.value.trim()) return forget(key);
  if (words.value === words.defaultValue) return false; // as the server sent it: nothing new to keep
  const fields = [...new FormData(form)].filter(([field, value]) => !NEVER_KEPT.has(field) && typeof value === "string");
  try {
    localStorage.setItem(name(key), JSON.stringify({ fields: Object.fromEntries(fields), at: Date.now() }));
    return true;
  } catch { return false; }
}

/** Put kept words back into an untouched `form`; true when there were some. */
export function restore(key, form) {
  const words = form.querySelector("textarea");
  const fields = kept(key);
  if (!fields || !words || words.value !== words.defaultValue) return false;
  for (const [field, value] of Object.entries(fields)) {
    const control = form.elements.namedItem(field);
    // What the page has set itself (the words that were chosen) is newer than the draft.
    const set = control?.type === "hidden" && control.value && field !== "client_key";
    if (control && !set) control.value = value;
  }
  return Boolean(words.value);
}

export function kept(key) {
  try { return JSON.parse(localStorage.getItem(name(key)))?.fields ?? null; } catch { return null; }
}

export function forget(key) {
  try { localStorage.removeItem(name(key)); } catch { /* nothing could be kept */ }
  return false;
}

export function forgetOld() {
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
