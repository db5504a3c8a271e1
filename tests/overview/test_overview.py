"""Where the seminar stands: who sees which figures, in which order, and where each leads."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discussions.models import Comment
from overview.figures import figures_by
from overview.records import load_record
from quizzes.statistics import counted_members
from readings.models import Anonymity, Reading
from readings.setup.general_actions import general_discussion_of
from seminars.models import Membership
from tests.base import People, make_reading
from tests.conftest import PEOPLE
from tests.discussions.base import answer, first_of, reported, say
from tests.overview.base import OVERVIEW, Busy, ago, at, make_busy, page, table, words_of
from tests.overview.term import TermSize, make_term
from tests.processor import undisturbed_seconds
from tests.quizzes.base import add_quiz
from tests.seeds import Seed, fixture_of

seed_busy = fixture_of(Seed(make_busy, PEOPLE))
MOST_SECONDS = 0.15  # of the processor, at 30 people, 12 readings and 3,000 comments


@pytest.fixture
def busy(seed_make_busy: Busy) -> Busy:
    return seed_make_busy


def rows_of(tree: Any, section: str) -> list[str]:
    return [words_of(one) for one in tree.xpath(f"//section[@id='{section}']//li")]


def links(tree: Any, row: str, column: str = "") -> str:
    """Where the name of a row leads, or one of its figures."""
    found = tree.xpath("//table[@class='figures']//tbody/tr")
    here = next(one for one in found if row in words_of(one.xpath("./th")[0]))
    where = f"./td[contains(@class, 'of-{column}')]//a/@href" if column else "./th/a/@href"
    return str(next(iter(here.xpath(where)), ""))


def test_staff_see_where_everybody_stands(busy: Busy) -> None:
    tree = page(busy.people)
    found = table(tree)
    assert list(found) == ["Carol", "Dan", "Erin", "Under another name", "All"]
    carol = found["Carol"]
    assert carol["Group"] == "Monday"
    assert carol["Opened"] == "2 of 3"
    assert carol["Text 2, read to"] == "60 %"
    assert carol["Required"] == "2 of 2"
    assert carol["Checkpoints"] == "1 of 1"
    assert carol["Right"] == "few"
    assert found["Dan"]["Required"] == "1 of 2"
    assert found["Erin"]["Required"] == "0 of 2"
    assert found["Erin"]["Last seen"] == "–"
    record = load_record(busy.people.alice, counted_members(busy.people.alice))
    figures = figures_by(record, "person", (1, record.weeks.count))
    assert carol["Posts"] == str(figures[busy.people.carol.pk].posts)
    assert carol["Replies"] == str(figures[busy.people.carol.pk].replies)


def test_figures_on_top_lead_to_their_rows(busy: Busy) -> None:
    tree = page(busy.people)
    told = {words_of(one): one.get("href") for one in tree.xpath("//ul[@class='headline']//a")}
    assert list(told) == [
        "1 of 3 have opened Text 2",
        "1 of 3 have met what is required",
        "1 question without an answer",
        "2 people who went quiet",
        "0 cases to review",
    ]
    assert told["1 question without an answer"] == "#questions"
    assert told["2 people who went quiet"] == "#quiet"
    opened = table(page(busy.people, told["1 of 3 have opened Text 2"].partition("#")[0]))
    assert [row["Opened"] for row in opened.values()][:3] == ["0 of 1", "0 of 1", "1 of 1"]
    met = table(page(busy.people, told["1 of 3 have met what is required"].partition("#")[0]))
    assert list(met)[:3] == ["Erin", "Dan", "Carol"]


def test_questions_wait_until_somebody_answers(busy: Busy) -> None:
    assert rows_of(page(busy.people), "questions") == ["And who else? CarolText 2 ¶ 3 since today"]
    thread = Comment.objects.get(body="And who else?").thread
    thread.__class__.objects.filter(pk=thread.pk).update(created_at=ago(days=3, hours=1))
    assert "waiting 3 days" in rows_of(page(busy.people), "questions")[0]
    answer(thread, busy.people.dan)
    tree = page(busy.people)
    assert not rows_of(tree, "questions")
    assert "Every question has an answer." in words_of(tree.xpath("//section[@id='questions']")[0])


def test_questions_of_staff_and_of_other_groups_are_not_an_assistants(busy: Busy) -> None:
    people = busy.people
    say(busy.second, people.alice, "What do you think?", kind="question", block="p1")
    say(busy.second, people.dan, "And we?", kind="question", block="p1", audience="group")
    assert [one.split("?")[0] for one in rows_of(page(people), "questions")] == [
        "And who else",
        "And we",
    ]
    assert [one.split("?")[0] for one in rows_of(page(people, who="bob"), "questions")] == [
        "And who else"
    ]


def test_a_question_under_an_alias_tells_no_group(busy: Busy) -> None:
    """Listed for every assistant, whichever group its asker is in, under its other name."""
    people = busy.people
    Reading.objects.filter(pk=busy.second.pk).update(anonymity=Anonymity.REQUIRED)
    busy.second.refresh_from_db()
    say(busy.second, people.dan, "Whose is this?", kind="question", block="p1", anonymous=True)
    listed = [one for one in rows_of(page(people, who="bob"), "questions") if "Whose" in one]
    assert len(listed) == 1
    assert "Dan" not in listed[0]
    of_monday = rows_of(page(people, f"?group={people.monday.pk}"), "questions")
    assert any("Whose" in one for one in of_monday)
    of_dan = rows_of(page(people, f"?member={people.dan.pk}"), "questions")
    assert not any("Whose" in one for one in of_dan)


def test_quiet_is_who_was_here_and_has_not_been_for_a_week(busy: Busy) -> None:
    tree = page(busy.people)
    quiet = rows_of(tree, "quiet")
    assert quiet[0].startswith("Erin has opened nothing since joining")
    assert quiet[1].startswith("Dan Thursday wrote ")
    assert "opened no reading for a week" in words_of(tree.xpath("//section[@id='quiet']")[0])
    tagged = tree.xpath("//tr[.//span[contains(@class, 'warn')]]/th/a")
    assert [words_of(one) for one in tagged] == ["Dan", "Erin"]
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=1))
    assert not rows_of(page(busy.people), "quiet")


def test_what_waits_at_the_desk_is_a_figure(busy: Busy) -> None:
    """As the tab says it, to each for their own groups, and whatever is filtered."""
    people = busy.people
    reported(first_of(say(busy.second, people.dan, "Rude.")), people.carol)
    reported(first_of(say(busy.second, people.carol, "Rude, too.")), people.dan)
    for who, figure in (("alice", "2 cases to review"), ("bob", "1 case to review")):
        for query in ("", "?reading=second"):
            links = page(people, query, who=who).xpath("//ul[@class='headline']//a")
            told = {words_of(one): one.get("href") for one in links}
            assert told[figure] == "/s/seminar/desk/reviews/"


def test_who_writes_in_the_general_discussion_alone_is_not_silent(busy: Busy) -> None:
    people = busy.people
    Comment.objects.filter(author=busy.erin).update(state="removed")
    general = general_discussion_of(by=people.alice)
    for body in ("Where do we meet?", "And when?"):
        say(general, busy.erin, body, block="")
    say(general, busy.erin, "To myself.", block="", audience="me")
    quiet = rows_of(page(people), "quiet")
    assert quiet[0].startswith("Erin has written 2 times, in the general discussion alone")
    # About no reading, it is in none of the sums.
    assert table(page(people))["Erin"]["Posts"] == "0"


def test_anonymous_words_are_of_nobody(busy: Busy) -> None:
    """Neither a row nor a link of a person tells of them; the sums have them all the same."""
    people = busy.people
    before = table(page(people, "?reading=second"))
    Reading.objects.filter(pk=busy.second.pk).update(anonymity=Anonymity.REQUIRED)
    busy.second.refresh_from_db()
    say(busy.second, people.carol, "Once more.", block="p1", anonymous=True)
    after = table(page(people, "?reading=second"))
    assert before["Carol"] == after["Carol"]
    posts = [int(rows["Under another name"]["Posts"]) for rows in (before, after)]
    assert posts[1] == posts[0] + 1
    assert int(after["All"]["Posts"]) == int(before["All"]["Posts"]) + 1
    tree = page(people)
    assert not links(tree, "Under another name")
    assert not links(tree, "Under another name", "posts")


def test_from_each_figure_to_what_it_counts(busy: Busy) -> None:
    people, carol = busy.people, busy.people.carol
    tree = page(people)
    assert links(tree, "Carol") == f"/s/seminar/people/{carol.pk}/words/"
    assert links(tree, "Carol", "posts") == f"/s/seminar/people/{carol.pk}/words/"
    assert links(tree, "Carol", "replies").endswith("/words/?kind=reply")
    alone = links(tree, "Carol", "opened").partition("#")[0]
    assert list(table(page(people, alone)))[-1] == "All"
    assert len(table(page(people, alone))) == 4
    by_reading = page(people, "?by=reading")
    where = {
        column: {urlsplit(links(by_reading, "Text 1", column)).path}
        for column in ("posts", "checkpoints", "opened")
    }
    assert where["posts"] == {"/s/seminar/r/first/threads/"}
    assert where["checkpoints"] == {"/s/seminar/r/first/quizzes/results/"}
    asked = parse_qs(urlsplit(links(by_reading, "Text 1", "opened")).query)
    assert asked == {"reading": ["first"], "sort": ["opened"]}
    client = people.client("alice")
    for by in ("person", "group", "reading", "week"):
        for address in page(people, f"?by={by}").xpath("//table[@class='figures']//td//a/@href"):
            path = address if address.startswith("/") else OVERVIEW + address
            assert client.get(path.partition("#")[0]).status_code == 200, path


def test_strips_have_the_talk_and_the_wrong_answers(busy: Busy) -> None:
    tree = page(busy.people, "?reading=first")
    drawing = tree.xpath("//svg[@class='strip']")[0]
    told = [words_of(one) for one in drawing.xpath(".//a/text[starts-with(@class, 'on-talk')]")]
    rows = [
        [words_of(cell) for cell in row.xpath("./*")][:3]
        for row in tree.xpath("//details[@class='as-table']//tbody/tr")
    ]
    assert told == [row[1] for row in rows if row[1] != "0"]
    assert rows[0] == ["¶ 1", "3", "few"]
    total = sum(int(row[1]) for row in rows)
    whole = words_of(tree.xpath("//ul[@class='stands-out']")[0])
    assert "1 about the whole essay" in whole
    found = table(page(busy.people, "?reading=first"))["All"]
    assert total + 1 == int(found["Posts"]) + int(found["Replies"])
    for address in drawing.xpath(".//a/@href"):
        assert address.startswith("/s/seminar/r/first/#p")


def test_shares_are_told_from_ten_answers_on(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading)
    size = TermSize(people=12, readings=1, comments=0)
    make_term(people, size)
    tree = page(people, "?reading=reading-0")
    shares = tree.xpath("//svg[@class='strip']//text[starts-with(@class, 'on-wrong')]")
    assert shares
    assert all(words_of(one).endswith(" %") for one in shares)
    assert "% wrong about ¶" in words_of(tree.xpath("//ul[@class='stands-out']")[0])
    assert quiz.reading_id == reading.pk


def test_filters_and_order_stand_in_the_address(busy: Busy) -> None:
    people = busy.people
    assert list(table(page(people, f"?group={people.monday.pk}"))) == [
        "Carol",
        "Under another name",
        "All",
    ]
    assert list(table(page(people, "?sort=-name")))[:3] == ["Erin", "Dan", "Carol"]
    by_posts = table(page(people, "?sort=-posts"))
    posts = [
        int(row["Posts"]) for name, row in by_posts.items() if name in {"Carol", "Dan", "Erin"}
    ]
    assert posts == sorted(posts, reverse=True)
    assert posts[0] > posts[-1]
    tree = page(people, "?by=week&weeks=1-2")
    assert list(table(tree)) == ["Week 1", "Week 2", "All"]
    heads = page(people, "?sort=-posts").xpath("//th[@aria-sort='descending']/a")
    assert [words_of(one) for one in heads] == ["Posts"]
    assert "sort=posts" in heads[0].get("href")
    chosen = tree.xpath("//select[@id='of-weeks']/option[@selected]/@value")
    assert chosen == ["1-2"]


@pytest.mark.parametrize("query", ["?group=987654", "?member=987654", "?reading=no-such-one"])
def test_what_there_are_no_figures_of(busy: Busy, query: str) -> None:
    client = busy.people.client("alice")
    assert client.get(OVERVIEW + query).status_code == 404
    assert client.get(f"{OVERVIEW}csv/{query}").status_code == 404


def test_nonsense_in_the_address_is_as_if_nothing_was_said(busy: Busy) -> None:
    told = table(page(busy.people, "?by=moon&sort=tides&weeks=9-2&group=x&member=-1"))
    assert told == table(page(busy.people))


def test_an_assistant_sees_the_own_groups_and_nobody_else(busy: Busy) -> None:
    people = busy.people
    tree = page(people, who="bob")
    assert list(table(tree)) == ["Carol", "Under another name", "All"]
    assert "Dan" not in words_of(tree.xpath("//main")[0])
    client = people.client("bob")
    assert client.get(f"{OVERVIEW}?member={people.dan.pk}").status_code == 404
    assert client.get(f"{OVERVIEW}?group={people.thursday.pk}").status_code == 404


def test_without_a_group_an_assistant_is_told_why_there_is_nothing(busy: Busy) -> None:
    Membership.objects.filter(pk=busy.people.bob.pk).update(group=None)
    assert "You look after no group yet" in words_of(page(busy.people, who="bob"))


def test_before_there_is_anything(people: People) -> None:
    assert "No readings yet" in words_of(page(people))
    make_reading(people)
    tree = page(people)
    assert "Nothing said and nothing answered yet." in words_of(tree)
    assert table(tree)["Carol"]["Posts"] == "0"
    Membership.objects.filter(role="participant").delete()
    assert "Nobody to count yet" in words_of(page(people))


def test_who_may(busy: Busy) -> None:
    people = busy.people
    assert people.client("carol").get(OVERVIEW).status_code == 403
    assert people.client("grace").get(OVERVIEW).status_code == 403
    assert people.client("mallory").get(OVERVIEW).status_code == 404
    assert people.client("alice").post(OVERVIEW).status_code == 405


def test_only_what_is_published_counts_from_then_on(busy: Busy) -> None:
    before = int(table(page(busy.people))["Carol"]["Posts"])
    comment = Comment.objects.get(body="In time.")
    Comment.objects.filter(pk=comment.pk).update(state="hidden")
    assert int(table(page(busy.people))["Carol"]["Posts"]) == before - 1


def test_weeks_begin_on_mondays(people: People, reading: Reading) -> None:
    now = timezone.localtime(timezone.now(), timezone.get_default_timezone())
    monday = (now - timedelta(days=now.weekday() + 7)).replace(hour=0, minute=0, second=0)
    at(monday - timedelta(minutes=1), say(reading, people.carol))
    at(monday + timedelta(minutes=1), say(reading, people.carol, block="p2", quote="method"))
    told = table(page(people, "?by=week"))
    assert [row["Posts"] for row in told.values()] == ["1", "1", "0", "2"]


def test_a_term_of_a_seminar(people: People) -> None:
    """As many queries as for nothing, and within the time that a page may take."""
    make_reading(people)
    client = people.client("alice")

    def queries() -> int:
        client.get(OVERVIEW)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(OVERVIEW).status_code == 200
        return len(captured)

    few = queries()
    make_term(people, TermSize(people=30, readings=12, comments=3000))
    assert queries() == few
    assert undisturbed_seconds(lambda: client.get(OVERVIEW)) < MOST_SECONDS
