/* <link-making>: a link between words of two texts, made where they stand: words in one, then in the other, then the server's own form
 * between them. What is selected is chosen by the toolbar or `l`; sentence by sentence, see <sentence-aim>. */
import { gettext, letterOf, paint, typing } from "../lib/dom.js";
import { ranges, selected, sentences } from "../lib/link-ends.js";
import { closeLink } from "../lib/link-opening.js";
import { showForm, showNear } from "../lib/making-card.js";
import { moment } from "../lib/pair-blocks.js";
import { OTHER, narrow, show, sideOf, titleOf } from "../lib/pair-texts.js";
import { refused } from "../lib/told.js";

class LinkMaking extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    document.querySelector(".two").addEventListener("compose", ({ detail, target }) => this.choose({ side: sideOf(target), words: detail.segments }), options);
    document.addEventListener("keydown", this.press.bind(this), { ...options, capture: true });
    this.addEventListener("click", ({ target }) => target.closest('[value="cancel"]') && !target.closest("draft-form:defined") && this.cancel(), options);
    this.addEventListener("draft-cancel", (event) => { event.preventDefault(); this.cancel(); }, options);
    addEventListener("link-made", ({ detail }) => { location.hash = `l${detail.link}`; location.reload(); }, options);
  }

  disconnectedCallback() { this.gone.abort(); }
  get card() { return this.querySelector(".making"); }

  /** Whether words of this place may be the other end of the link that is being made. */
  isAimed(place) { return Boolean(this.near) && !this.far && sideOf(place) === OTHER[this.near.side] && Boolean(place.closest(".essay .block")); }

  choose(end) {
    getSelection().removeAllRanges();
    if (!this.near || this.far || end.side === this.near.side) this.begin(end);
    else this.take(end);
  }

  begin(near) {
    for (const over of [this.cancel.bind(this), closeLink]) over({ isLeft: true });
    [this.near, this.far, this.aimed, this.from] = [near, null, null, document.activeElement];
    document.documentElement.dataset.making = near.side;
    const other = OTHER[near.side];
    showNear(this.card, near, gettext("Now the words in %s").replace("%s", titleOf(other)));
    paint("pending", ranges(near.words, near.side));
    if (narrow()) show(other);
    if (this.from.matches(".block")) moment(other)?.focus({ preventScroll: true });
  }

  async take(far) {
    this.far = far;
    paint("aimed", []);
    paint("pending", [this.near, far].flatMap(({ words, side }) => ranges(words, side)));
    await showForm(this.card, this.near, far, () => this.far !== far).catch(({ status, words }) => {
      this.far = null;
      refused(this.card.querySelector(".making-next"), status, words);
    });
  }

  cancel({ isLeft = false } = {}) {
    [this.near, this.far, this.aimed] = [];
    for (const name of ["pending", "aimed"]) paint(name, []);
    delete document.documentElement.dataset.making;
    this.card.hidden = true;
    if (!isLeft && this.from?.isConnected) this.from.focus({ preventScroll: true });
  }

  press(event) {
    const { target, ctrlKey, metaKey, altKey } = event;
    const isLetter = letterOf(event) === "l" && !(ctrlKey || metaKey || altKey || typing(target) || target.closest("dialog, .popover") || document.documentElement.dataset.keys === "off");
    if (event.key === "Escape" && this.near && !document.querySelector("[popover=auto]:popover-open")) this.cancel();
    else if (!isLetter || !this.begun(target.closest(".essay .block"))) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Choose what is selected, or aimed at, or the paragraph's first sentence; whether there is any. */
  begun(block) {
    const sentence = block && ((this.isAimed(block) && this.aimed) || sentences(block)[0]);
    const end = selected() ?? (sentence && { side: sideOf(block), words: [sentence] });
    return Boolean(end) && (this.choose(end), true);
  }
}

customElements.define("link-making", LinkMaking);
