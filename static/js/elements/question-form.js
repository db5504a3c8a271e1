/* <question-form for="text" paragraph="7">: around the form of a question. Enter makes the next line; words are chosen
 * in the text, where it stands on the page. Without this, lines are asked for, and words copied. */
import { chooseWords, placeOf, show } from "../lib/choose-words.js";
import { paint, served } from "../lib/dom.js";
import { draftsOf } from "../lib/drafts.js";
import { addLine } from "../lib/question-lines.js";

class QuestionForm extends HTMLElement {
  connectedCallback() {
    this.text = served(this);
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    this.addEventListener("keydown", this.enter, options);
    this.addEventListener("click", this.press, options);
    for (const one of this.querySelectorAll(this.text ? ".acts[hidden]" : ".acts[hidden]:has([value=gap])")) one.hidden = false;
    this.makeRoom();
  }

  disconnectedCallback() { this.gone.abort(); this.ends?.(); paint("pending", []); }
  get form() { return this.querySelector("form"); }
  get lines() { return [...this.querySelectorAll("[data-line]")]; }

  /** As many lines as were kept on this device. */
  makeRoom() {
    const path = new URL(this.form.getAttribute("action"), location.href).pathname;
    const kept = draftsOf(path).find(({ target, key }) => target === path && key === this.closest("draft-form").getAttribute("key"));
    const wanted = kept?.fields.filter(([name]) => name.startsWith("line_")).length ?? 0;
    while (this.lines.length < wanted) this.addLine();
  }

  enter(event) {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing || !event.target.matches("input")) return;
    event.preventDefault(); // Enter in a field sends nothing
    if (event.target.name === "attempt") this.querySelector('[value="try"]').click();
    const at = this.lines.findIndex((line) => line.contains(event.target));
    if (at >= 0) (this.lines[at + 1] ?? this.addLine())?.querySelector("input[type=text]").focus();
  }

  press(event) {
    const button = event.target.closest("button");
    if (button?.value === "more") { event.preventDefault(); this.addLine()?.querySelector("input[type=text]").focus(); }
    if (button?.value === "gap") this.makeGap();
    if (button?.value !== "choose") return;
    if (button.getAttribute("aria-pressed") === "true") this.ends = this.ends?.();
    else { this.ends?.(); this.choose(button); }
  }

  addLine() { return addLine(this.lines); }

  makeGap() {
    const field = this.form.elements.namedItem("gaps");
    const words = field.value.slice(field.selectionStart, field.selectionEnd).trim();
    field.setRangeText(`[[${words}]]`, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  choose(pressed) {
    const field = this.form.elements.namedItem(pressed.dataset.field);
    this.ends = chooseWords(this.text, pressed, (segments) => {
      const place = placeOf(segments[0], this.text);
      field.value = field.name === "places" && field.value.trim() ? `${field.value.trim()}\n${place}` : place;
      show(segments, this.text);
      field.dispatchEvent(new Event("input", { bubbles: true })); // so that it is kept
      this.ends = null;
      this.scrollIntoView({ block: "nearest" });
      pressed.focus({ preventScroll: true });
    });
  }
}

customElements.define("question-form", QuestionForm);
