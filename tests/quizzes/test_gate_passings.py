"""How each member stands to a gate, for staff."""

from quizzes.attempts.gates import let_through, take_back_passing
from readings.models import Reading, ReadingGate
from tests.base import People
from tests.queries import PageQueries
from tests.quizzes.base import add_members, add_quiz, assert_for_staff_alone
from tests.quizzes.test_gates import add_gate, hand_in, url_of


def test_it_is_for_staff(people: People, reading: Reading) -> None:
    assert_for_staff_alone(people, url_of("gate_passings", add_gate(people, reading, "hard")))


def test_who_stands_before_it_comes_first(people: People, reading: Reading) -> None:
    quiz = add_gate(people, reading, "hard")
    hand_in(quiz, people.carol)
    page = people.client("alice").get(url_of("gate_passings", quiz)).content.decode()
    assert page.index("Dan") < page.index("Carol")
    assert page.count("Let through") == 2  # Dan, and Grace who is a guest
    assert "Handed in" in page
    assert "Stands before it" in page


def test_an_assistant_sees_their_own_group(people: People, reading: Reading) -> None:
    quiz = add_gate(people, reading, "hard")
    page = people.client("bob").get(url_of("gate_passings", quiz)).content.decode()
    assert "Carol" in page
    assert "Dan" not in page


def test_it_says_what_opens_it(people: People, reading: Reading) -> None:
    quiz = add_gate(people, reading, "hard, 70 %, 4 tries")
    page = people.client("alice").get(url_of("gate_passings", quiz)).content.decode()
    assert "70 % of the points, or after 4 tries" in page


def test_a_checkpoint_without_one_has_no_such_page(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading)
    assert people.client("alice").get(url_of("gate_passings", quiz)).status_code == 404


def test_it_takes_as_many_queries_for_many(people: People, reading: Reading) -> None:
    quiz = add_gate(people, reading, "hard")
    client, counts = people.client("alice"), []
    group_of = {1: people.monday, 5: people.thursday}
    client.get(url_of("gate_passings", quiz))
    for count in (1, 5):
        for member in add_members(people, group_of[count], count):
            hand_in(quiz, member)
        with PageQueries() as queries:
            client.get(url_of("gate_passings", quiz))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_it_says_that_a_guest_waits_for_staff(people: People, reading: Reading) -> None:
    told = "a guest hands nothing in: only staff can let them through"
    quiz = add_gate(people, reading, "hard")
    page = people.client("alice").get(url_of("gate_passings", quiz)).content.decode()
    assert page.count(told) == 1
    assert page.index("Grace") < page.index(told)
    let_through(gate=ReadingGate.objects.get(), member=people.grace, by=people.alice)
    assert told not in people.client("alice").get(url_of("gate_passings", quiz)).content.decode()
    quiz = add_gate(people, reading, "soft")
    take_back_passing(gate=ReadingGate.objects.get(), member=people.grace, by=people.alice)
    assert told not in people.client("alice").get(url_of("gate_passings", quiz)).content.decode()
