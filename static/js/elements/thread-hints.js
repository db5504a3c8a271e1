/* <thread-hints for="conversation-12" thread="12" src="…/hints/" arrivals="…/threads/12/arrivals/">: on a thread's own page,
 * offers what others have said meanwhile behind a button at its end, as the reading page does. */
import { offer } from "../lib/arrivals.js";
import { announce, ngettext, served } from "../lib/dom.js";
import { LiveHints } from "./live-hints.js";

class ThreadHints extends LiveHints {
  disconnectedCallback() { super.disconnectedCallback(); this.over = true; }

  /** The first time, whether anything came since the page was made. */
  get asked() { return this.hasAttribute("after") ? {} : { thread: this.getAttribute("thread") }; }

  tell(threads) {
    const hint = threads.find(({ thread }) => thread === Number(this.getAttribute("thread")));
    const talk = served(this); // a write in it has put another in its place
    if (!hint || !talk) return;
    const count = offer(talk, hint, this.getAttribute("arrivals"));
    if (count) announce(ngettext("%s new reply in this thread", "%s new replies in this thread", count));
  }
}

customElements.define("thread-hints", ThreadHints);
