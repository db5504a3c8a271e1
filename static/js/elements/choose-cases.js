/* <choose-cases for="queue">: cases chosen in the list for one decision about all of them, by mouse, by touch, or by
 * `s`, which takes the one with the focus, else the one that is open. What is chosen stays so while one opens others. */
import { announce, gettext, letterOf, ngettext, served, typing } from "../lib/dom.js";

class ChooseCases extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    document.addEventListener("keydown", this.press.bind(this), options);
    document.addEventListener("change", ({ target }) => target.closest(".waiting") && this.changed(target), options);
    document.addEventListener("click", ({ target }) => target.closest("[data-clear]") && this.clear(), options);
    addEventListener("htmx:after:swap", () => this.restore(), options);
    this.restore();
  }

  disconnectedCallback() { this.gone.abort(); }
  get key() { return `chosen ${location.pathname}`; }
  get boxes() { return [...served(this).querySelectorAll('[name="item"]')]; }
  get ticked() { return this.boxes.filter(({ checked }) => checked); }

  press(event) {
    if (event.target.closest?.("dialog, [popover]") || event.altKey || event.ctrlKey || event.metaKey) return;
    if (document.documentElement.dataset.keys === "off" || typing(event.target)) return;
    const act = { s: () => this.choose(), a: () => this.enter() }[letterOf(event)];
    if (!act || !served(this).querySelector(".several")) return;
    event.preventDefault();
    act();
  }

  choose() {
    const list = served(this);
    const row = document.activeElement.closest(".waiting-list li") ?? list.querySelector(".waiting-list [data-open]");
    const box = row?.querySelector('[name="item"]');
    if (!box) { announce(gettext("That cannot be chosen for several at once")); return; }
    box.checked = !box.checked;
    this.changed(box);
  }

  /** To what may be decided about all of them. */
  enter() {
    if (this.ticked.length) served(this).querySelector(".bulk [name=decision]").focus();
    else announce(gettext("Nothing is chosen: press s on a case"));
  }

  changed(box) {
    if (box.matches("[data-all]")) for (const one of this.boxes) one.checked = box.checked;
    sessionStorage.setItem(this.key, JSON.stringify(this.ticked.map(({ value }) => value)));
    this.tell();
    announce(this.told, "chosen");
  }

  clear() {
    for (const box of this.boxes) box.checked = false;
    sessionStorage.removeItem(this.key);
    this.tell();
  }

  restore() {
    const chosen = new Set(JSON.parse(sessionStorage.getItem(this.key) ?? "[]"));
    for (const box of this.boxes) box.checked ||= chosen.has(box.value);
    this.tell();
  }

  get told() { return ngettext("%s chosen", "%s chosen", this.ticked.length); }

  tell() {
    const [all, count] = [served(this).querySelector("[data-all]"), served(this).querySelector(".bulk [data-ticked]")];
    const some = this.ticked.length;
    if (all) Object.assign(all, { checked: some > 0 && some === this.boxes.length, indeterminate: some > 0 && some < this.boxes.length });
    if (count) count.textContent = some ? this.told : "";
  }
}

customElements.define("choose-cases", ChooseCases);
