"""What people do on the reading page, step by step; and the reading on which they do it.

The essay has what makes selecting hard: emphasis, a note in the middle of a paragraph
and characters of four bytes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Error, Locator, Page, expect

from discussions.models import Thread
from discussions.threads.actions import start_thread
from quizzes.models import Quiz
from readings.drafts.actions import import_now, publish
from readings.models import Block, Reading
from readings.passages.segments import Segment
from readings.setup.actions import create_reading
from seminars.actions import create_invitation
from seminars.models import Membership
from tests.base import PASSWORD, People


def shown(page: Page, words: str | re.Pattern[str]) -> Locator:
    """What a page tells of what was done, where it can be seen: its live region says it, too."""
    return page.get_by_text(words).and_(page.locator(":not(#live)"))


ESSAY = """\
# The reader's margin

## Where readers stop

A seminar reads one text together, and each reader stops at another place.[^1] What stops one \
reader is not what stops the next, *and neither of them is wrong*. The text is the same for both.

Where two readers 🖋🖋 stop at the same words, a conversation begins. No method is older, and none \
has been so little improved. It needs a table, a text and an hour.

The margin was made for this. Printers left it wide, and readers filled it with their doubts. \
Much of what we know of early readers we know from there.

## What the margin asks

A note in a margin is short because the margin is narrow. It cannot quote, for the words stand \
beside it; it cannot explain at length, for there is no room. It says yes, or no, or where.

An answer to a note is harder. The book is in another hand by then, and the writer of the note is \
not there to read it. Libraries hold thousands of questions that were never answered.

A shared margin changes that. The note is seen on the day when it is written, by those who read \
the same page that week, and whoever knows better can say so while it matters.

It also changes who writes. Somebody who would not raise a hand before thirty people may well \
write two lines beside a paragraph, and find by the evening that three others had wondered the \
same.

What is lost is the quiet. A margin full of others' voices is hard to read past, and a reader \
who has seen five opinions of a sentence seldom forms a sixth. So the talk must be easy to put \
away.

A good margin, then, is one that waits until it is asked. It stands beside the text, not before \
it; it is there for the second reading, and out of sight for the first.

[^1]: On stopping, see any diary of a reader.
"""

# Words that stand in the key and its feedback alone.
SECRETS = ["Feedback-right", "Feedback-wrong", "Feedback-general"]

GUIDE = """\
---
guide: 1
title: Guide to the margin
essay: The reader's margin
---

## Context ¶ 3 "Printers left it wide"

Paper was the dearest part of a book.

## Checkpoint ¶ 2

Title: Before you go on

### What begins where two readers stop at the same words?

- ( ) A quarrel
  > Feedback-wrong: look at the first sentence.
- (x) A conversation
  > Feedback-right: so it says.

Feedback: Feedback-general: it begins at the words.
See: ¶ 2 "a conversation begins"
"""


@dataclass
class Place:
    """The seminar in which the main job is done."""

    people: People
    reading: Reading
    quiz: Quiz

    @property
    def path(self) -> str:
        return self.reading.get_absolute_url()

    def block(self, number: int) -> Block:
        return Block.objects.get(revision=self.reading.revision, number=number)


def make_place(people: People) -> Place:
    """Import the essay and put it before the seminar with its guide, as an instructor does."""
    by = people.alice
    draft = import_now(data=ESSAY.encode(), filename="margin.md", by=by.user)
    revision = publish(draft=draft, metadata={}, by=by.user)
    made = create_reading(essay=revision.essay, slug="margin", guide=GUIDE, by=by)
    assert made.guide is not None
    assert not made.guide.unplaced
    return Place(people, made.reading, Quiz.objects.of(made.reading).get())


def invite(place: Place) -> str:
    """The path of a link that lets one person into the Monday group."""
    _invitation, token = create_invitation(
        role="participant",
        group=place.people.monday,
        max_uses=1,
        valid_for=timedelta(days=1),
        by=place.people.alice,
    )
    return f"/join/{token}/"


def start(
    place: Place,
    by: Membership,
    number: int,
    words: str,
    audience: str = "seminar",
    quote: str = "",
) -> Thread:
    """A thread that is there already, about the quoted words or else the whole paragraph."""
    return start_thread(
        reading=place.reading,
        segments=[Segment(place.block(number).key, quote=quote)],
        audience=audience,
        kind="comment",
        body=words,
        by=by,
    )


def expect_said(page: Page, words: str) -> None:
    """Wait until these are the last words of the live region, which says in one breath what comes
    at once: all of a sentence, and nothing after it."""
    last = re.compile(rf"(?:^|[.!?…] ){re.escape(words)}$")
    expect(page.locator("#live")).to_have_text(last)


# --- Blocks and words -----------------------------------------------------------------------
def paragraph(page: Page, number: int) -> Locator:
    return page.locator(f".block:has(> #p{number})")


def handle(page: Page, number: int) -> Locator:
    """The button of a paragraph."""
    return paragraph(page, number).locator("> .handle")


# Build the Range from the first letter of `first` to the last of `last`, the next after it.
RANGE = """([first, last]) => {
  const nodes = [];
  for (const root of document.querySelectorAll("#text .block [data-text]")) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest("[data-skip]")) nodes.push(walker.currentNode);
    }
  }
  const all = nodes.map((node) => node.data).join("");
  const start = all.indexOf(first);
  const end = all.indexOf(last, start) + last.length;
  const point = (at, isEnd) => {
    for (const node of nodes) {
      if (isEnd ? at <= node.length : at < node.length) return [node, at];
      at -= node.length;
    }
  };
  const range = document.createRange();
  range.setStart(...point(start, false));
  range.setEnd(...point(end, true));
  return range;
}"""


def wait_until(page: Page, script: str, arg: object = None) -> None:
    """Wait until the page says so, ten seconds at most.

    Where it is not so at once, Playwright's own wait_for_function has the page evaluate a string,
    which its policy refuses. A page that is being left is asked again as the next one.
    """
    for _ in range(200):
        try:
            if page.evaluate(script, arg):
                return
        except Error as error:
            if "Execution context was destroyed" not in error.message:
                raise
        page.wait_for_timeout(50)
    raise AssertionError(f"{script} does not come true")


def drag_over(page: Page, first: str, last: str = "") -> None:
    """Select with the mouse, from the first letter of `first` to the last of `last`."""
    # A person waits for the page; a mouse that is faster drags over words that still move.
    page.wait_for_load_state("load")
    wait_until(
        page, "customElements.get('selection-toolbar') && document.fonts.status === 'loaded'"
    )
    measure = f"""(words) => {{
          const range = ({RANGE})(words);
          range.startContainer.parentElement.scrollIntoView({{ block: "center" }});
          const [from, to] = [range.cloneRange(), range.cloneRange()];
          from.setEnd(range.startContainer, range.startOffset + 1);
          to.setStart(range.endContainer, range.endOffset - 1);
          const [a, b] = [from.getBoundingClientRect(), to.getBoundingClientRect()];
          return [[a.left + 1, (a.top + a.bottom) / 2], [b.right - 1, (b.top + b.bottom) / 2]];
        }}"""
    start, end = page.evaluate(measure, [first, last or first])
    page.wait_for_timeout(100)
    while (now := page.evaluate(measure, [first, last or first])) != [start, end]:
        start, end = now
        page.wait_for_timeout(100)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    page.mouse.move(*end)
    # And sees what is selected before letting go.
    wait_until(page, "(words) => getSelection().toString().endsWith(words)", arg=last or first)
    page.mouse.up()


def select_words(page: Page, first: str, last: str = "") -> None:
    """Select as a long press and its handles do: the browser alone says that it changed."""
    page.evaluate(
        f"""(words) => {{
          const range = ({RANGE})(words);
          range.startContainer.parentElement.scrollIntoView({{ block: "center" }});
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }}""",
        [first, last or first],
    )


def toolbar(page: Page, name: str) -> Locator:
    """A button of the bar that appears at selected words."""
    return page.locator("selection-toolbar").get_by_role("button", name=name)


def stored(place: Place, thread: Thread) -> list[tuple[int | None, str]]:
    """The words that a thread hangs from, by paragraph, cut from the text by their offsets."""
    found = []
    for row in thread.passages():
        block = Block.objects.get(revision=place.reading.revision, key=row.block_key)
        assert row.quote == (block.text[row.start : row.end] if row.start is not None else "")
        found.append((block.number, row.quote))
    return found


def marked(page: Page, thread: Thread) -> str:
    """The words under a thread's marks, paragraph after paragraph, without references to notes."""
    pieces = page.eval_on_selector_all(
        f'mark[data-threads~="{thread.pk}"]',
        """(marks) => marks.map((mark) => {
          const copy = mark.cloneNode(true);
          for (const skip of copy.querySelectorAll("[data-skip]")) skip.remove();
          return copy.textContent;
        })""",
    )
    return "".join(pieces)


def newest_thread() -> Thread:
    return Thread.objects.latest("pk")


def card(page: Page, thread: Thread) -> Locator:
    return page.locator(f"#t{thread.pk}")


def line(page: Page, thread: Thread) -> Locator:
    """What opens a thread's card; the reactions below a comment open by a line of their own."""
    return card(page, thread).locator("> summary")


def highlight(page: Page, first: str, last: str = "") -> Thread:
    """Highlight words with the mouse, and wait until the page has led to the new card."""
    drag_over(page, first, last)
    with page.expect_response("**/threads/"):
        toolbar(page, "Highlight").click()
    thread = newest_thread()
    expect(line(page, thread)).to_be_focused()
    return thread


def comment(page: Page, words: str) -> Locator:
    """The comment that says `words`, without those below it."""
    own = page.locator("> .prose, > details > .prose").filter(has_text=words)
    return page.locator("article.comment").filter(has=own)


# --- Signing up and checkpoints -----------------------------------------------------------------
def fill_in_account(page: Page, name: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail address").fill(f"{name.lower()}@example.org")
    page.get_by_label("Password").fill(PASSWORD)


def join_by_account(page: Page, name: str, press: Callable[[Locator], None]) -> None:
    """From the invitation's page to the seminar's, by making an account."""
    press(page.get_by_role("link", name="Create an account"))
    fill_in_account(page, name)
    press(page.get_by_role("button", name="Create the account"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Two views")


def checkpoint(page: Page, place: Place) -> Locator:
    return page.locator(f"#quiz-{place.quiz.pk}")


def follow_back(page: Page, place: Place, press: Callable[[Locator], None]) -> None:
    """From a wrong answer to the paragraph where the right one can be read, and back."""
    expect(page.locator("checkpoint-result:defined")).to_have_count(1)  # which leads back
    press(checkpoint(page, place).get_by_role("link", name="Read ¶ 2 again"))
    expect(paragraph(page, 2)).to_be_in_viewport()
    press(page.get_by_role("link", name="Back to Checkpoint 1"))


def expect_no_key(page: Page) -> None:
    """Nothing on the page tells which answer is right."""
    html = page.content()
    assert not [secret for secret in SECRETS if secret in html]
    assert not re.search(r"data-(right|wrong)|is_correct|correct=", html)


def hide(page: Page, reason: str) -> None:
    """Hide the words of the case that is open at the desk, for this reason."""
    page.get_by_text("Hide", exact=True).click()
    page.get_by_label(reason).check()
    page.get_by_role("button", name="Hide it").click()


def to_review(page: Page) -> Locator:
    """The way from the pages of the desk to its queue."""
    return page.get_by_role("navigation", name="Desk").get_by_role("link", name="To review")
