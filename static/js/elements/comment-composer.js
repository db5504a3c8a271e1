/* <comment-composer for="text" threads="…/threads/">: holds the template of the form that starts a thread,
 * and opens it beside its block. A highlight is posted at once, without a form. */
import { rangeOf } from "../lib/anchor.js";
import { clientKey, draftsOf, threadKey } from "../lib/drafts.js";
import { paint, served } from "../lib/dom.js";

class CommentComposer extends HTMLElement {
  connectedCallback() {
    this.essay = served(this);
    this.gone = new AbortController();
    const options = { signal: this.gone.signal };
    document.addEventListener("compose", ({ detail }) => detail.kind === "highlight" ? this.highlight(detail) : this.open(detail), options);
    this.essay.addEventListener("draft-cancel", (event) => this.own(event) && this.close(event), options);
    this.essay.addEventListener("draft-done", (event) => this.own(event) && this.finish(), options);
    addEventListener("htmx:after:swap", () => this.settle(), options);
    addEventListener("thread-posted", () => this.settle(), options);
  }

  disconnectedCallback() { this.gone.abort(); paint("pending", []); }

  own(event) { return this.live && event.target === this.live.querySelector("draft-form"); }
  blockOf(key) { return this.essay.querySelector(`.block[data-block="${CSS.escape(key)}"]`); }

  /** The words of the newest draft in this paragraph: it is gone on with where nothing else was chosen. */
  drafted(block) {
    const draft = draftsOf(this.getAttribute("threads")).find(({ key }) => `${key}:`.startsWith(`thread-${block}:`));
    return JSON.parse(draft?.get("segments") || "[]");
  }

  /** `below`: it stands below threads that are read first, and takes no focus. “away”: a link is made elsewhere. */
  open({ block, below, kind, segments = this.drafted(block) }) {
    this.live?.remove();
    const home = this.blockOf(block)?.querySelector(":scope > .threads");
    const template = this.querySelector("template");
    if (!home || !template) return;
    this.live = document.createElement("div");
    this.live.className = "writing";
    this.live.toggleAttribute("data-below", Boolean(below));
    this.live.append(template.content.cloneNode(true));
    this.live.querySelector("draft-form").setAttribute("key", threadKey(block, segments));
    const { elements } = this.live.querySelector("form");
    for (const [name, value] of [["block", block], ["segments", JSON.stringify(segments)]]) elements.namedItem(name).value = value;
    const quote = this.live.querySelector("[data-quote]");
    if (quote) { quote.textContent = segments.map(({ exact }) => exact).join(" … "); quote.hidden = !segments.length; }
    [this.block, this.done] = [block, false];
    home.append(this.live);
    globalThis.htmx?.process(this.live);
    paint("pending", segments.map((each) => rangeOf(each, this.essay)).filter(Boolean));
    for (const type of ["draft-kept", "restack"]) document.dispatchEvent(new CustomEvent(type, { bubbles: true }));
    if (kind === "away") this.live.querySelector("[data-away]")?.click();
    if (!below) this.live.querySelector("textarea").focus({ preventScroll: true });
    if (!below) setTimeout(() => this.live?.scrollIntoView({ block: "nearest" }), 60); // where the margin has put it
  }

  close(event) {
    event.preventDefault();
    const block = this.blockOf(this.block);
    this.finish();
    this.settle();
    block?.querySelector(".handle")?.focus();
  }

  finish() { this.done = true; paint("pending", []); }

  /** After a swap: gone when it was sent; put back when its block was drawn anew around it. */
  settle() {
    if (!this.live) return;
    if (this.done) { this.live.remove(); this.live = null; document.dispatchEvent(new CustomEvent("restack")); return; }
    if (!this.live.isConnected) this.blockOf(this.block)?.querySelector(":scope > .threads")?.append(this.live);
  }

  highlight({ block, segments }, client_key = clientKey()) {
    const source = this.blockOf(block);
    source.again = () => this.highlight({ block, segments }, client_key);
    const values = { block, segments: JSON.stringify(segments), kind: "highlight", body: "", audience: this.getAttribute("audience") ?? "me", seen: this.getAttribute("seen") ?? "", client_key };
    globalThis.htmx.ajax("POST", this.getAttribute("threads"), { values, source, target: source, swap: "none" });
  }
}

customElements.define("comment-composer", CommentComposer);
