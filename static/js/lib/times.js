/* Times in the reader's own zone: every <time> with an hour, those that come later too. */

const language = document.documentElement.lang;
const day = { day: "numeric", month: "long" };
const clock = { hour: "2-digit", minute: "2-digit" };
const zone = { timeZoneName: "short" };
const ago = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

const written = (at, options) => at.toLocaleString(language, options);

/** How long ago, for what was today; empty for any other day. */
function today(at, now) {
  if (at > now || at.toDateString() !== now.toDateString()) return "";
  const minutes = Math.floor((now - at) / 60e3);
  return minutes < 60 ? ago.format(-minutes, "minute") : ago.format(-Math.floor(minutes / 60), "hour");
}

function words(at, kind, now) {
  const year = kind === "day" || at.getFullYear() !== now.getFullYear() ? { year: "numeric" } : {};
  if (kind === "since") {
    const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 864e5);
    return written(at, days < 1 ? clock : days < 7 ? { weekday: "long" } : day);
  }
  if (kind === "day") return written(at, { ...day, ...year });
  if (kind === "deadline") return written(at, { weekday: "long", ...day, ...year, ...clock, ...zone });
  return today(at, now) || written(at, { ...day, ...year, ...clock });
}

const TIMES = "time[datetime*=T]";

function show(times) {
  const now = new Date();
  for (const time of times) {
    const at = new Date(time.dateTime);
    const said = words(at, time.dataset.kind, now);
    if (time.textContent !== said) time.textContent = said;
    time.title = written(at, { ...day, year: "numeric", ...clock, ...zone });
  }
}

const all = () => show(document.querySelectorAll(TIMES));

/** The times that a change has put there, or has written over: a morph keeps the element and writes its words anew. */
function* changed({ target, addedNodes }) {
  const around = (target.closest ? target : target.parentElement)?.closest(TIMES);
  if (around) yield around;
  for (const node of addedNodes) if (node.closest) yield* node.matches(TIMES) ? [node] : node.querySelectorAll(TIMES);
}

all();
// "12 minutes ago" is not true for long.
setInterval(() => document.hidden || all(), 60e3);
document.addEventListener("visibilitychange", () => document.hidden || all());
new MutationObserver((changes) => { for (const change of changes) show(changed(change)); })
  .observe(document.body, { attributeFilter: ["datetime"], characterData: true, childList: true, subtree: true });
