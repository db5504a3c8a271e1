"""The cases that wait, with the words in their place."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from discussions.comments.actions import edit_comment, withdraw
from discussions.models import Comment, ReviewItem
from discussions.moderation.actions import dismiss, hide, return_to_author
from discussions.moderation.case_actions import ask_review, claim, hand_over
from readings.models import Reading
from seminars.models import PostsHeld, Seminar
from tests.base import People
from tests.discussions.base import WORDS, answer, first_of, hidden, reported, say
from tests.discussions.gates import assert_closed_to_strangers

PAGE = "/s/seminar/desk/reviews/"


def page(people: People, who: str = "alice", query: str = "") -> str:
    return str(people.client(who).get(PAGE + query).content.decode())


def held(people: People, reading: Reading) -> Comment:
    """Words of Carol's that wait, as all do in this seminar from now on."""
    people.seminar.posts_held = PostsHeld.ALL
    people.seminar.save(update_fields=["posts_held"])
    for one in (people.alice, people.bob, people.carol, people.dan):
        one.seminar = people.seminar
    return say(reading, people.carol, "Waiting words.").comments.get()


def listed(text: str) -> list[str]:
    """Whose cases the list has, in its order."""
    return [str(one.text) for one in html.fromstring(text).xpath("//*[@class='line']/a")]


def offered(text: str) -> list[str]:
    """What may be decided about the case that is open."""
    found = html.fromstring(text).xpath("//input[@name='decision']")
    return [str(one.get("value")) for one in found]


def steps(text: str) -> list[str]:
    """What happened to the words of the case that is open."""
    found = html.fromstring(text).xpath("//*[@class='case-history']/li/span")
    return [" ".join(one.text_content().split()) for one in found]


def record(text: str) -> dict[str, str]:
    names = html.fromstring(text).xpath("//*[@class='record']//dt")
    return {str(one.text): one.getnext().text_content() for one in names}


def test_case_has_all_that_a_decision_needs(people: People, comment: Comment) -> None:
    Seminar.objects.update(hide_at_reports=0)
    hidden(first_of(say(comment.thread.reading, people.dan, "Long gone.")), people.alice)
    bad = answer(comment.thread, people.dan, "You *fools*.", parent=comment)
    reported(bad, people.carol)
    reported(bad, people.grace, "off_topic")
    text = page(people)
    assert "<em>fools</em>" in text  # the words
    assert f'<mark class="mark">{WORDS}</mark>, and each reader stops' in text  # in their place
    assert "What is <em>together</em>?" in text  # what they answer
    assert "<b>Unkind or insulting</b>, says Carol: It hurts." in text
    assert "<b>Off the topic</b>, says Grace" in text
    assert f'<a href="/s/seminar/people/{people.dan.pk}/words/">Dan</a>, Thursday' in text
    assert record(text) == {
        "Comments": "1",
        "Replies among them": "1",
        "Endorsed": "0",
        "Hidden before": "1",
        "Returned before": "0",
        "Own reports, upheld": "0",
    }


def test_oldest_first_and_nothing_when_empty(people: People, reading: Reading) -> None:
    assert "Nothing to review." in page(people)
    thread = say(reading, people.carol, "Older case.")
    second = answer(thread, people.carol, "Newer case.")
    reported(first_of(thread), people.dan)
    reported(second, people.dan)
    assert "Older case." in page(people)
    first, last = (one.pk for one in ReviewItem.objects.order_by("pk"))
    text = page(people)
    assert text.index(f"case={first}") < text.index(f"case={last}")
    assert "Newer case." in page(people, query=f"?case={last}")


def test_assistant_sees_their_own_groups_cases(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "Of Monday.")
    reported(first_of(thread), people.dan)
    reported(answer(thread, people.dan, "Of Thursday."), people.carol)
    private = say(reading, people.dan, "Thursday only.", audience="group")
    reported(answer(private, people.dan, "Also Thursday."), people.alice)
    cases = ReviewItem.objects.order_by("pk")
    assert listed(page(people, "bob")) == ["Carol"]
    assert listed(page(people)) == ["Carol", "Dan", "Dan"]
    for item, words in zip(cases, ("Of Monday.", "Of Thursday.", "Also Thursday."), strict=True):
        assert words in page(people, query=f"?case={item.pk}")
        shown = f'id="review-{item.pk}"' in page(people, "bob", f"?case={item.pk}")
        assert shown == (item == cases[0])


def test_own_words_are_for_somebody_else(people: People, reading: Reading) -> None:
    reported(first_of(say(reading, people.alice, "Mine.")), people.carol)
    text = page(people)
    assert "These are your own words" in text
    assert 'value="dismiss"' not in text


def test_words_changed_since_the_report_are_marked(people: People, comment: Comment) -> None:
    reported(comment, people.dan)
    edit_comment(comment=comment, body="Softer words.", version=1, by=people.carol)
    text = page(people)
    assert "the words changed since" in text
    assert "Softer words." in text


def test_withdrawn_words_are_shown_as_they_were_reported(people: People, comment: Comment) -> None:
    answer(comment.thread, people.dan)
    item = reported(comment, people.dan)
    edit_comment(comment=comment, body="Harmless.", version=1, by=people.carol)
    for text in (page(people), page(people, "bob")):
        assert "What is <em>together</em>?" in text
        assert "Harmless." in text
    withdraw(comment=comment, by=people.carol)
    text = page(people)
    assert "What is <em>together</em>?" in text
    assert "Harmless." not in text
    assert "Its author has withdrawn it" in text
    assert f'action="/s/seminar/desk/reviews/{item.pk}/decision/"' in text
    for who in ("carol", "dan"):
        shown = people.client(who).get(comment.thread.get_absolute_url()).content.decode()
        assert "together</em>?" not in shown


def test_a_case_outlives_the_thread(people: People, comment: Comment) -> None:
    reported(comment, people.dan)
    withdraw(comment=comment, by=people.carol)
    text = page(people)
    assert "What is <em>together</em>?" in text
    assert comment.thread.get_absolute_url() not in text


def test_decided_lately_can_be_restored_by_an_instructor(people: People, reading: Reading) -> None:
    comment = first_of(say(reading, people.carol, "Hidden lately."))
    reported(comment, people.dan)
    hide(comment=comment, reason="spam", by=people.bob, version=1)
    other = first_of(say(reading, people.carol, "Left standing."))
    dismiss(review_item=reported(other, people.dan), by=people.bob, review_version=1, version=1)
    text = page(people)
    assert "Hidden by Bob</b>" in text
    assert "Left as it is by Bob</b>" in text
    assert f"comments/{comment.pk}/visibility/" in text
    assert "/visibility/" not in page(people, "bob")


def test_each_is_offered_what_they_may_decide(people: People, reading: Reading) -> None:
    first = first_of(say(reading, people.carol))
    reported(first, people.dan)
    assert offered(page(people)) == ["dismiss", "return", "hide", "remove"]
    assert offered(page(people, "bob")) == ["dismiss", "return", "hide"]
    Seminar.objects.update(assistants_remove=True)
    assert offered(page(people, "bob")) == ["dismiss", "return", "hide", "remove"]
    withdraw(comment=first, by=people.carol)
    text = page(people)
    assert offered(text) == ["dismiss", "hide"]
    assert "Keep it withdrawn" in text


def test_what_waits_can_be_published(people: People, reading: Reading) -> None:
    held(people, reading)
    text = page(people)
    assert offered(text) == ["approve", "return", "hide", "remove"]
    assert "Every comment is looked at here before others see it." in text
    assert "Nobody but its author and staff sees it yet." in text


def test_what_reports_have_hidden_can_be_shown_again_or_stay(
    people: People, comment: Comment
) -> None:
    reported(comment, people.dan)
    reported(comment, people.grace)
    text = page(people)
    assert offered(text) == ["dismiss", "return", "hide", "remove"]
    assert "It is shown again, and the reports are dismissed" in text
    assert "Different people reported it, so it is hidden." in text
    assert steps(text) == [
        "Posted",
        "Reported by Dan: Unkind or insulting",
        "Reported by Grace: Unkind or insulting",
        "Hidden automatically at reports",
    ]


def test_revised_words_show_what_was_changed(people: People, reading: Reading) -> None:
    comment = held(people, reading)
    return_to_author(
        comment=comment, reason="Unkind", by=people.bob, version=1, note_to_member="Kindly."
    )
    edit_comment(comment=comment, body="Waiting kindly.", version=2, by=people.carol)
    text = page(people)
    assert "<b>Carol sent it again</b> after Bob returned it" in text
    assert "“Kindly.”" in text
    assert "<del>" in text
    assert "<ins>" in text
    assert "Returned by Bob: Unkind" in steps(text)
    assert record(text)["Returned before"] == "1"


def test_an_author_asks_to_look_again(people: People, comment: Comment) -> None:
    hidden(comment, people.bob)
    ask_review(comment=comment, by=people.carol, why="It was about the text.")
    text = page(people)
    assert "<b>Carol asks you to look again</b>: “It was about the text.”" in text
    assert offered(text) == ["dismiss", "restore", "return", "remove"]
    assert offered(page(people, "bob")) == ["dismiss", "return"]


def test_words_of_an_instructor_are_for_assistants_when_handed_over(
    people: People, reading: Reading
) -> None:
    item = reported(first_of(say(reading, people.alice, audience="seminar")), people.carol)
    assert listed(page(people)) == ["You"]
    assert listed(page(people, "bob")) == []
    assert offered(page(people)) == []
    hand_over(review_item=item, to=people.bob, by=people.alice, review_version=1)
    text = page(people, "bob")
    assert "Handed over to you" in text
    assert offered(text) == ["dismiss", "hide"]


def test_filters(people: People, reading: Reading) -> None:
    reported(first_of(say(reading, people.dan)), people.carol)
    held(people, reading)
    assert listed(page(people)) == ["Dan", "Carol"]
    for query, names in {
        f"?group={people.monday.pk}": ["Carol"],
        f"?group={people.thursday.pk}": ["Dan"],
        f"?reading={reading.pk}": ["Dan", "Carol"],
        "?reading=99": [],
        "?why=reported": ["Dan"],
        "?why=held": ["Carol"],
        "?why=appealed": [],
        "?whose=mine": [],
        "?whose=nobody": ["Dan", "Carol"],
        "?why=nonsense&group=x": ["Dan", "Carol"],
    }.items():
        text = page(people, query=query)
        assert listed(text) == names, query
        assert names or "None of these." in text
    first = ReviewItem.objects.earliest("pk")
    claim(review_item=first, by=people.alice, review_version=1)
    assert listed(page(people, query="?whose=mine")) == ["Dan"]
    assert listed(page(people, query="?whose=nobody")) == ["Carol"]


def test_all_done(people: People, comment: Comment) -> None:
    dismiss(review_item=reported(comment, people.dan), by=people.alice, review_version=1, version=1)
    text = page(people)
    assert "All done." in text
    assert "Undo" in text
    assert "All done." not in page(people, "bob")


def test_fixed_number_of_queries(people: People, reading: Reading) -> None:
    client = people.client("alice")
    counts = []
    for size in (2, 60):
        for index in range(size):
            thread = say(
                reading, people.carol, f"Case {index}.", block=f"p{index % 3 + 1}", quote=""
            )
            first = first_of(thread)
            reported(answer(thread, people.dan, parent=first), people.carol)
            if index % 2:
                hide(comment=first, reason="spam", by=people.alice, version=1)
            else:
                reported(first, people.grace)
                hide(comment=first, reason="spam", by=people.alice, version=1)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_gates(people: People) -> None:
    assert_closed_to_strangers(people, PAGE)
    for who in ("carol", "dan", "grace"):
        assert people.client(who).get(PAGE).status_code == 403
    assert people.client("alice").post(PAGE).status_code == 405


def more(text: str) -> list[str]:
    return [str(one) for one in html.fromstring(text).xpath("//*[@class='besides']//a/@href")]


def test_more_leads_to_what_may_be_done_besides_and_back(people: People, comment: Comment) -> None:
    item = reported(comment, people.dan)
    thread, carol = comment.thread, people.carol
    place = f"/s/seminar/r/margins/threads/{thread.pk}/moderation/"
    person = f"/s/seminar/people/{carol.pk}/moderation/"
    assert [one.split("?")[0] for one in more(page(people))] == [place, person]
    assert [one.split("?")[0] for one in more(page(people, "bob"))] == [person]
    Seminar.objects.update(assistants_remove=True)
    assert [one.split("?")[0] for one in more(page(people, "bob"))] == [place, person]
    alice, case = people.client("alice"), f"{PAGE}?case={item.pk}"
    for address, fields in (
        (more(page(people))[0], {"state": "locked"}),
        (more(page(people))[1], {"hours": "3", "reason": "Insults"}),
    ):
        text = alice.get(address).content.decode()
        assert f'href="{case}"' in text
        form = html.fromstring(text).xpath("//form[@class='narrow-form']")[0]
        sent = {k: v for k, v in form.form_values() if v} | fields
        answered = alice.post(form.get("action"), sent)
        assert answered.headers["Location"] == case, answered.content.decode()
    thread.refresh_from_db()
    carol.refresh_from_db()
    assert thread.is_locked
    assert carol.is_muted
    # Never out of the desk.
    for wrong in ("https://evil.example/", f"{PAGE}?case=x", "/s/other/desk/reviews/?case=1"):
        answered = alice.post(f"/s/seminar/people/{carol.pk}/mute/", {"undo": "1", "back": wrong})
        assert answered.headers["Location"] == person


def test_of_an_anonymous_author_more_says_nothing(people: People, comment: Comment) -> None:
    reported(comment, people.dan)
    Comment.objects.update(alias="Quiet Heron")
    assert [one for one in more(page(people)) if "/people/" in one] == []
