/* What every page needs: how requests are sent, what to say and where to go after a swap. */
import { announce, sayMarked, send } from "./lib/dom.js";
import { drafted, whenPresent } from "./lib/late.js";
import "./elements/display-menu.js";
import { fits, refused } from "./lib/told.js";

const draftForm = () => import("./elements/draft-form.js");
whenPresent("draft-form", draftForm, drafted());
addEventListener("keydown", ({ key, ctrlKey, metaKey, target }) => {
  if (key === "Enter" && (ctrlKey || metaKey) && target.closest("draft-form:not(:defined)")) draftForm().then(() => target.form.requestSubmit(), () => {});
});

addEventListener("load", () => {
  sayMarked();
  if (document.querySelector("draft-form")) draftForm().catch(() => {}); // after the first view, and before the first key
  import("./later.js").catch(() => {});
});

addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  ctx.fetch = send;
  ctx.sourceElement.refusal?.remove();
});

// What is no part of this page is told beside what asked, and what stands here stays.
addEventListener("htmx:after:request", ({ detail: { ctx } }) => fits(ctx) || refused(ctx.sourceElement, ctx.response.status, ctx.text));
addEventListener("htmx:before:swap", (event) => fits(event.detail.ctx) || event.preventDefault());
addEventListener("htmx:error", ({ detail: { ctx } }) => ctx && refused(ctx.sourceElement, ctx.response?.status));

// A form that leads to another page would lose its words to the browser's own page of errors: is the server there?
addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (target.method !== "post" || event.defaultPrevented || target.leaving) return;
  event.preventDefault();
  import("./lib/refusals.js").then(({ leave }) => leave(target, submitter), () => refused(target));
});

// The wheel moves the page; the number that has the focus stays as it was written.
addEventListener("wheel", ({ target }) => {
  if (!target.matches?.("input[type=number]:focus")) return;
  target.blur();
  requestAnimationFrame(() => target.focus({ preventScroll: true }));
}, { passive: true });

addEventListener("input", ({ target }) => {
  if (target.dataset.limit && (target.over || target.value.length > target.dataset.limit)) import("./lib/limits.js").then(({ count }) => count(target), () => {});
});

addEventListener("htmx:after:swap", () => {
  sayMarked();
  const marked = [...document.querySelectorAll("[data-focus]")];
  for (const one of marked) one.removeAttribute("data-focus"); // or a later swap would go there
  const at = marked[0]?.querySelector("[aria-invalid=true]") ?? marked[0];
  if (at?.tabIndex < 0) at.tabIndex = -1; // a morph leaves tabindex as it was
  at?.focus();
});

addEventListener("announce", ({ detail }) => announce(detail.value));
