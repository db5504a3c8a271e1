/* <passage-answer for="text">: the words that answer a question are chosen in the text, by selecting them or by
 * ticking sentences of a paragraph. Without this, or away from the text, they are pasted or typed. */
import { rangeOf } from "../lib/anchor.js";
import { announce, element, gettext, paint, served } from "../lib/dom.js";
import { listBlocks, listSentences, ticked } from "../lib/sentences.js";

class PassageAnswer extends HTMLElement {
  connectedCallback() {
    this.essay = served(this);
    if (!this.essay) return;
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    this.querySelector(".acts").hidden = false;
    this.addEventListener("click", ({ target }) => this.press(target.closest("button")), options);
    this.addEventListener("change", ({ target }) => target.matches("[data-sentences] *") && this.tick(target), options);
    this.words.addEventListener("input", ({ isTrusted }) => { if (isTrusted) this.place.value = ""; }, options);
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.button && this.stop(), options);
    document.addEventListener("passage-choice", ({ target }) => target !== this && this.stop(), options);
  }

  disconnectedCallback() { this.gone?.abort(); this.button?.remove(); paint("pending", []); }
  get words() { return this.querySelector("textarea"); }
  get place() { return this.querySelector("input[type=hidden]"); }
  get room() { return this.querySelector("[data-sentences]"); }

  press(button) {
    if (button?.value === "sentences") this.open(button);
    else if (button) this.button ? this.stop() : this.start(button);
  }

  /** Let the toolbar of selected words have a button that takes them. */
  start(pressed) {
    this.dispatchEvent(new CustomEvent("passage-choice", { bubbles: true }));
    const toolbar = document.querySelector("selection-toolbar");
    this.button = element("button", { class: "btn small primary", type: "button", value: "answer" }, gettext("Answer with these words"));
    this.button.addEventListener("click", (event) => { event.stopPropagation(); this.answer(toolbar); });
    toolbar.prepend(this.button);
    pressed.setAttribute("aria-pressed", "true");
    announce(gettext("Select words in the text, then press “Answer with these words”. Escape ends it."));
  }

  answer(toolbar) {
    if (!toolbar.words) return;
    this.take(toolbar.words);
    toolbar.hide();
    getSelection().removeAllRanges();
    this.stop();
    this.words.focus();
    announce(gettext("Your answer has these words."));
  }

  stop() {
    this.button = this.button?.remove();
    this.querySelector('[value="select"]').setAttribute("aria-pressed", "false");
  }

  open(button) {
    const list = this.room.querySelector("select");
    this.room.hidden = !this.room.hidden;
    button.setAttribute("aria-expanded", String(!this.room.hidden));
    if (this.room.hidden) return;
    if (!list.options.length) { listBlocks(list, this.essay); this.tick(list); }
    list.focus();
  }

  tick(target) {
    const block = this.essay.querySelector(`.block[data-block="${CSS.escape(this.room.querySelector("select").value)}"]`);
    if (target.matches("select")) listSentences(this.room.querySelector("fieldset"), block);
    else this.take(ticked(this.room.querySelector("fieldset"), block));
  }

  take(chosen) {
    this.words.value = chosen.map(({ exact }) => exact).join("\n");
    this.place.value = chosen.length ? JSON.stringify(chosen) : "";
    paint("pending", chosen.map((one) => rangeOf(one, this.essay)).filter(Boolean));
    this.words.dispatchEvent(new Event("input", { bubbles: true })); // so that it is kept
  }
}

customElements.define("passage-answer", PassageAnswer);
