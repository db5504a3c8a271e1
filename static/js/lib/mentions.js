/* After an “@” in a form: who of its readers may be meant. Arrow keys choose, Enter or Tab inserts, Esc closes. */
import { announce, element, gettext, ngettext, place, send } from "./dom.js";

const NAME_SO_FAR = /(?<![\p{L}\p{N}])@([\p{L}\p{N}][^\n@]{0,60})?$/u;
let shown = null; // { area, list, from }: the one list that is open
let asked = 0;

/** Look what is being written at the cursor of `area`, in the form of the element `around`. */
export async function look(around, area) {
  const written = area.value.slice(0, area.selectionEnd);
  const found = NAME_SO_FAR.exec(written);
  const turn = ++asked;
  if (!found) { close(); return; }
  const url = new URL(around.getAttribute("readers"), location.href);
  url.searchParams.set("q", found[1] ?? "");
  url.searchParams.set("audience", around.form.elements.namedItem("audience")?.value ?? "");
  let people = [];
  try { ({ people } = await (await send(url, { headers: { Accept: "application/json" }, credentials: "same-origin" })).json()); } catch { people = []; }
  if (turn !== asked || !area.isConnected || document.activeElement !== area) return; // another key was faster
  if (people.length) show(around, area, found.index, people);
  else close();
}

function show(around, area, from, people) {
  const open = shown?.area === area;
  if (!open) {
    close();
    const list = element("div", { class: "tool mark-menu", popover: "manual", role: "listbox", id: `${area.id}-people`, "aria-label": gettext("People who can read this") });
    around.append(list);
    shown = { area, list, gone: new AbortController() };
    const options = { signal: shown.gone.signal };
    for (const [name, value] of [["aria-autocomplete", "list"], ["aria-haspopup", "listbox"], ["aria-controls", list.id]]) area.setAttribute(name, value);
    area.addEventListener("keydown", press, options);
    area.addEventListener("blur", close, options);
    addEventListener("resize", close, options);
    list.addEventListener("pointerdown", (event) => event.preventDefault(), options); // the focus stays in the field
    list.addEventListener("click", ({ target }) => insert(target.closest("[role=option]")), options);
  }
  shown.from = from;
  shown.list.replaceChildren(...people.map(({ name, role }, place) => {
    const option = element("button", { type: "button", role: "option", tabindex: "-1", id: `${area.id}-people-${place}`, "data-name": name }, element("bdi", {}, name));
    if (role) option.append(" ", element("span", { class: "tag" }, role));
    return option;
  }));
  shown.list.showPopover();
  place(shown.list, area.getBoundingClientRect());
  choose(shown.list.firstElementChild);
  if (!open) announce(ngettext("%s person. Up and down choose, Enter inserts.", "%s people. Up and down choose, Enter inserts.", people.length), "people");
}

function choose(option) {
  for (const one of shown.list.children) one.setAttribute("aria-selected", String(one === option));
  shown.area.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function press(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const options = [...shown.list.children];
  const at = options.findIndex((one) => one.ariaSelected === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose(options.at((at + step) % options.length));
  else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) insert(options[at]);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function insert(option) {
  if (!option) return;
  const { area, from } = shown;
  close();
  area.setRangeText(`@${option.dataset.name} `, from, area.selectionEnd, "end");
  area.dispatchEvent(new InputEvent("input", { bubbles: true })); // the draft is kept as at every key
}

function close() {
  if (!shown) return;
  const { area, list, gone } = shown;
  shown = null;
  gone.abort();
  list.remove();
  for (const name of ["aria-autocomplete", "aria-haspopup", "aria-controls", "aria-activedescendant"]) area.removeAttribute(name);
}
