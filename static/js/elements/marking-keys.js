/* <marking-keys> around the form of a mark: digits give points, or the level of a rubric's next criterion; j and k lead to the next answer and the one before,
 * Ctrl Enter saves. Never while writing, nor where single keys are off; points are given there, too, as a number. */
import { announce, gettext, letterOf, typing } from "../lib/dom.js";
import { untouched } from "../lib/drafts.js";

const STEP = { j: "next", k: "prev" };

class MarkingKeys extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    document.addEventListener("keydown", this.press.bind(this), { signal: this.gone.signal });
    for (const type of ["focusin", "input"]) this.addEventListener(type, this.show.bind(this), { signal: this.gone.signal });
    this.show();
    if (document.activeElement === document.body) (this.points ?? this.querySelector(".radios input"))?.focus({ preventScroll: true });
  }

  disconnectedCallback() { this.gone.abort(); }
  get form() { return this.querySelector("form"); }
  get criteria() { return [...this.querySelectorAll("fieldset.radios")]; }
  get points() { return this.querySelector('[name="points"]'); }

  press(event) {
    if (event.altKey) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.form.requestSubmit(this.querySelector(".primary"));
      return;
    }
    if (document.documentElement.dataset.keys === "off" || event.ctrlKey || event.metaKey) return;
    // Where points are written, a letter says nothing: it leads on as elsewhere.
    if (typing(event.target) && event.target !== this.points) return;
    const letter = letterOf(event);
    if (letter in STEP) this.go(STEP[letter]);
    else if (event.target !== this.points && /^[0-9]$/.test(letter)) this.give(Number(letter));
    else return;
    event.preventDefault();
  }

  /** The criterion that has the keys: the one with the focus, or the first without a level. */
  open() {
    return this.criteria.find((one) => one.contains(document.activeElement)) ?? this.criteria.find((one) => !one.querySelector(":checked"));
  }

  /** Number the levels that keys would choose, and add up those that are chosen. */
  show() {
    const open = this.open();
    for (const one of this.criteria) one.toggleAttribute("data-numbered", one === open);
    const sum = this.querySelector(".sum");
    if (!sum) return;
    const chosen = [...this.querySelectorAll("[data-points]:checked")].map(({ dataset }) => Number(dataset.points));
    sum.hidden = !chosen.length;
    sum.querySelector("b").textContent = chosen.reduce((all, one) => all + one, 0);
  }

  /** So many points; of a rubric, that level of the criterion that has the focus, or of the first without one. */
  give(digit) {
    if (this.points) { this.points.value = digit; return; }
    const criteria = this.criteria;
    const level = this.open()?.querySelectorAll("input")[digit - 1];
    if (!level) return;
    level.click();
    level.focus();
    const next = criteria.find((one) => !one.querySelector(":checked"));
    next?.querySelector("input").focus();
    announce(next ? `${level.labels[0].innerText.trim()}. ${next.querySelector("legend").innerText.trim()}` : level.labels[0].innerText.trim());
  }

  /** What is written here is nowhere else yet: a key pressed by mistake does not leave it. */
  go(way) {
    if (untouched(this.form) && !("written" in this.dataset)) this.querySelector(`[rel="${way}"]`)?.click();
    else {
      this.querySelector("[data-unsaved]").hidden = false;
      announce(gettext("Save the mark first, with Ctrl Enter"));
    }
  }
}

customElements.define("marking-keys", MarkingKeys);
