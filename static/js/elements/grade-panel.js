/* <grade-panel>: a table of figures. Where there is room, what a figure was made of opens beside the table, and is
 * changed there: then the table is as the server has it, and the focus in the cell. */
import { announce, gettext, send, wide } from "../lib/dom.js";
import { closeButton, isPlainClick, parsed, refusedField, sendForm, takeMessages, written } from "../lib/panel-form.js";

class GradePanel extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    const { signal } = this.gone;
    this.addEventListener("click", (event) => this.pressed(event), { signal });
    this.addEventListener("submit", (event) => this.submitted(event), { signal });
    this.addEventListener("keydown", ({ key, target }) => key === "Escape" && this.aside.contains(target) && this.close(), { signal });
  }

  disconnectedCallback() { this.gone.abort(); }

  get aside() { return this.querySelector("aside"); }

  pressed(event) {
    const link = event.target.closest("table.marks td a");
    if (!link || !isPlainClick(event) || !wide()) return;
    event.preventDefault();
    const field = written(this.aside);
    if (field) {
      announce(gettext("What you wrote is not kept yet."));
      field.focus();
    } else this.open(link).catch(() => location.assign(link.href));
  }

  async open(link) {
    const answer = await send(link.href, { headers: { "HX-Request": "true" }, signal: this.gone.signal });
    if (!answer.ok) throw new Error(answer.status);
    this.mark(link);
    this.show(await answer.text());
    this.aside.querySelector("[data-focus]")?.focus();
  }

  show(markup) {
    this.aside.replaceChildren(closeButton(() => this.close()), ...parsed(markup).body.childNodes);
    this.aside.hidden = false;
  }

  submitted(event) {
    event.preventDefault();
    const { target } = event, group = new URLSearchParams(location.search).get("group") ?? "";
    this.sending ??= sendForm(target, { group }, this.gone.signal).then((answer) => this.answered(answer))
      .catch(() => this.gone.signal.aborted || target.submit()).finally(() => { this.sending = null; });
  }

  answered({ page, refused }) {
    if (page) return this.renew(page);
    this.show(refused);
    refusedField(this.aside).focus();
  }

  renew(page) {
    const { href } = this.link, table = page.querySelector("table.marks");
    this.querySelector("table.marks").replaceWith(table);
    this.link = [...table.querySelectorAll("a")].find((one) => one.href === href);
    this.close();
    takeMessages(page, this);
  }

  mark(link) {
    this.link?.removeAttribute("aria-current");
    this.link = link;
    link?.setAttribute("aria-current", "true");
  }

  close() {
    const { link } = this;
    this.aside.hidden = true;
    this.aside.replaceChildren();
    this.mark();
    link?.focus();
  }
}

customElements.define("grade-panel", GradePanel);
