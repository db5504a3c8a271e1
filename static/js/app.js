/* What every page needs: the token on each request, what to say and where to go after a swap. */
import { announce, csrfToken, gettext, signedOut } from "./lib/dom.js";
import { whenPresent } from "./lib/late.js";
import "./elements/display-menu.js";

whenPresent("draft-form", () => import("./elements/draft-form.js"));

addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (ctx.request.method !== "GET") ctx.request.headers["X-CSRFToken"] = csrfToken();
});

// A session that has run out answers with the sign-in page, a refusal with a page of its own or with
// nothing: none of these is a part of this page, and what stands here stays.
addEventListener("htmx:before:swap", (event) => {
  const { response, text } = event.detail.ctx;
  const refused = response?.status >= 400 && /^\s*($|<!doctype)/i.test(text);
  if (refused || signedOut(response?.raw)) event.preventDefault();
});

addEventListener("htmx:after:swap", () => {
  const next = document.querySelector("[data-focus]");
  if (!next) return;
  next.removeAttribute("data-focus");
  next.focus({ preventScroll: false });
});

addEventListener("announce", ({ detail }) => announce(detail.value));

addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  if (ctx.response.status !== 422) announce(gettext("That did not work. Nothing was lost; try again."));
});

addEventListener("htmx:error", () => announce(gettext("The server could not be reached. Try again.")));

// A page that came after a form was posted says so: its draft has arrived.
for (const posted of document.querySelectorAll("[data-posted]")) {
  import("./lib/drafts.js").then(({ forget }) => forget(posted.dataset.posted));
}
