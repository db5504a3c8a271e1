"""All marks of one person, for staff: with what is not released."""

from tests.base import markup
from tests.gradebook.base import PAGE, Kept, release


def test_it_says_how_the_total_came_about(kept: Kept) -> None:
    release(kept, "alpha", "beta", "gamma")
    url = f"{PAGE}people/{kept.people.carol.pk}/"
    html = markup(kept.people.client("alice").get(url))
    assert "Checkpoints: 66.7 × 40" in html
    assert "26.67" in html
    assert "Divided by the weights that count so far" in html
    assert "66.7 %" in html
    assert "1 column is not released, and counts neither for nor against." in html
    assert "7.5 of 10 points for the answer." in html


def test_who_may(kept: Kept) -> None:
    people = kept.people
    url, other = (f"{PAGE}people/{one.pk}/" for one in (people.carol, people.dan))
    for who, status in (("bob", 200), ("carol", 403), ("grace", 403), ("mallory", 404)):
        assert people.client(who).get(url).status_code == status
    assert people.client("bob").get(other).status_code == 403
    assert people.client("alice").post(url).status_code == 405
    assert people.client("alice").get(f"{PAGE}people/{people.bob.pk}/").status_code == 404
