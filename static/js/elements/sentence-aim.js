/* <sentence-aim>: the other end of a link in the making, sentence by sentence: the one under the pointer, or the first of the paragraph
 * that has the focus and with the arrows the others. A click takes it, and so does `l`; a finger aims first, and takes with a second tap. */
import { gettext, paint } from "../lib/dom.js";
import { isSame, nameOf, ranges, sentenceAt, sentences } from "../lib/link-ends.js";
import { tell } from "../lib/making-card.js";
import { sideOf } from "../lib/pair-texts.js";

class SentenceAim extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const [options, two] = [{ signal: this.gone.signal }, document.querySelector(".two")];
    two.addEventListener("focusin", ({ target }) => target.matches(".block:focus-visible") && this.making.isAimed(target) && this.aim(sentences(target)[0], target), options);
    two.addEventListener("pointermove", (event) => event.pointerType !== "touch" && this.point(event), options);
    two.addEventListener("click", this.press.bind(this), { ...options, capture: true });
    document.addEventListener("keydown", this.type.bind(this), { ...options, capture: true });
  }

  disconnectedCallback() { this.gone.abort(); }

  get making() { return document.querySelector("link-making"); }

  aim(sentence, block) {
    if (!sentence || isSame(sentence, this.making.aimed)) return;
    this.making.aimed = sentence;
    paint("aimed", ranges([sentence], sideOf(block)));
    tell(this.making.card, gettext("%s: click or press L to take these words").replace("%s", nameOf([sentence], sideOf(block))));
  }

  point(event) {
    if (!this.making.near || event.buttons || !this.making.isAimed(event.target)) return;
    const block = event.target.closest(".block");
    this.aim(sentenceAt(block, event), block);
  }

  press(event) {
    if (!this.making.near || !this.making.isAimed(event.target) || !getSelection().isCollapsed) return;
    event.preventDefault();
    event.stopPropagation();
    const block = event.target.closest(".block");
    const sentence = sentenceAt(block, event);
    if (isSame(sentence, this.making.aimed)) this.making.take({ side: sideOf(block), words: [sentence] });
    else this.aim(sentence, block);
  }

  type(event) {
    const block = event.target.closest(".essay .block");
    if (!["ArrowLeft", "ArrowRight"].includes(event.key) || !block || !this.making.isAimed(block)) return;
    event.preventDefault();
    const all = sentences(block);
    const at = all.findIndex((one) => isSame(one, this.making.aimed));
    this.aim(all[(at + (event.key === "ArrowRight" ? 1 : -1) + all.length) % all.length], block);
  }
}

customElements.define("sentence-aim", SentenceAim);
