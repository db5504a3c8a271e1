"""Questions of the bank, copied into the draft of a guide."""

from quizzes.models import Question, Quiz
from readings.guides import apply_guide, parse_guide
from readings.models import GuideDraft, Reading
from tests.base import People, make_people, make_reading
from tests.forms import form_on
from tests.queries import PageQueries
from tests.quizzes.base import ALL_TYPES, add_quiz
from tests.quizzes.test_question_bank import SECRET
from tests.readings.guide_drafts import publish

URL = "/s/seminar/r/margins/guide/questions/bank/"
COPY = {"act": ["copy"]}


def pks(*kinds: str) -> list[str]:
    return [str(one.pk) for one in Question.objects.filter(kind__in=kinds).order_by("pk")]


def test_what_is_ticked_is_in_the_draft(people: People, reading: Reading) -> None:
    last_year = make_reading(people, slug="last-year")
    add_quiz(people, last_year, ALL_TYPES)
    kinds = [kind for kind in Question.objects.values_list("kind", flat=True) if kind != "passage"]
    client = people.client("alice")
    form = form_on(client, URL).as_it_stands | COPY | {"picked": pks(*kinds), "paragraph": ["2"]}
    answer = client.post(URL, form)
    assert answer.status_code == 302
    assert answer["Location"] == "/s/seminar/r/margins/guide/draft/#i1"
    [item] = parse_guide(GuideDraft.objects.get().text).items
    assert item.anchor.number == 2
    assert not Quiz.objects.filter(reading=reading).exists()
    publish(client)
    asked = Question.objects.filter(quiz__reading=reading).order_by("position")
    assert [one.kind for one in asked] == kinds


def test_questions_of_others_are_neither_shown_nor_copied(people: People, reading: Reading) -> None:
    others = make_people("elsewhere")
    there = make_reading(others)
    apply_guide(reading=there, text=SECRET, by=others.alice)
    add_quiz(people, reading)
    client = people.client("alice")
    assert "What do others ask?" not in client.get(URL).content.decode()
    theirs = Question.objects.get(quiz__reading=there)
    form = form_on(client, URL).as_it_stands | COPY | {"picked": [str(theirs.pk)]}
    answer = client.post(URL, form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "not for you to use" in page
    assert "What do others ask?" not in page
    assert "nothing that concerns us" not in page
    assert not GuideDraft.objects.exists()


def test_what_is_wrong_keeps_the_ticks(people: People, reading: Reading) -> None:
    add_quiz(people, reading)
    client = people.client("alice")
    form = form_on(client, URL).as_it_stands | COPY
    assert "Tick the questions" in client.post(URL, form).content.decode()
    [truth] = pks("true_false")
    answer = client.post(URL, form | {"picked": [truth], "paragraph": ["99"]})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The text has no ¶ 99" in page
    assert f'value="{truth}" checked' in page


def test_words_in_one_text_are_not_offered(people: People, reading: Reading) -> None:
    add_quiz(people, reading, ALL_TYPES)
    client = people.client("alice")
    page = client.get(URL).content.decode()
    [passage] = pks("passage")
    assert f'value="{passage}"' not in page
    form = form_on(client, URL).as_it_stands | COPY | {"picked": [passage]}
    assert client.post(URL, form).status_code == 422


def test_who_may(people: People, reading: Reading) -> None:
    for key, status in (("bob", 403), ("carol", 403), ("mallory", 404), ("alice", 200)):
        assert people.client(key).get(URL).status_code == status
        assert people.client(key).post(URL, {}).status_code == (422 if status == 200 else status)


def test_queries_do_not_grow(people: People, reading: Reading) -> None:
    add_quiz(people, reading)
    client = people.client("alice")
    client.get(URL)
    counts = []
    for slugs in ("abc", ""):
        with PageQueries() as captured:
            client.get(URL)
        counts.append(len(captured))
        for slug in slugs:
            other = make_reading(people, slug=slug)
            apply_guide(reading=other, text=ALL_TYPES, by=people.alice)
    assert counts[0] == counts[1]


def test_ticks_go_along_to_another_search(people: People, reading: Reading) -> None:
    add_quiz(people, reading, ALL_TYPES)
    client = people.client("alice")
    [truth], [number] = pks("true_false"), pks("numeric")
    form = form_on(client, URL).as_it_stands | {"picked": [truth], "q": ["zebra"]}
    page = client.post(URL, form | {"act": ["look"]}).content.decode()
    assert "No question has these words." in page
    assert f'value="{truth}" checked' in page
    assert "Tick the questions" not in page
    assert not GuideDraft.objects.exists()
    sent = form | COPY | {"picked": [truth, number], "paragraph": ["1"]}
    assert client.post(URL, sent).status_code == 302
    body = GuideDraft.objects.get().text
    assert body.count("### ") == Question.objects.count() + 2


def test_the_next_page_keeps_the_ticks(people: People, reading: Reading) -> None:
    asked = "".join(f"### Question {one}?\n\nAnswer: {one}\n\n" for one in range(30))
    add_quiz(people, reading, f"---\nguide: 1\ntitle: G\n---\n\n## Checkpoint ¶ 1\n\n{asked}")
    client = people.client("alice")
    last = pks("short_answer")[-1]
    form = form_on(client, URL).as_it_stands | {"picked": [last], "act": ["page-2"]}
    page = client.post(URL, form).content.decode()
    assert "Page 2 of 2" in page
    assert f'value="{last}" checked' in page
    assert page.count(f'value="{last}"') == 1
