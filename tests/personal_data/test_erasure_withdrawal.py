"""/profile/erasure/withdrawal/: keeping one's account after all."""

from personal_data.erasure_actions import ask_erasure
from personal_data.models import Erasure
from tests.base import People, markup

URL = "/profile/erasure/withdrawal/"


def test_nothing_is_erased(people: People) -> None:
    ask_erasure(user=people.carol.user, words="go", link="https://x.test/")
    browser = people.client("carol")
    answer = browser.post(URL)
    assert answer["Location"] == "/profile/"
    assert "nothing is erased" in markup(browser.get("/profile/"))
    assert not Erasure.objects.exists()


def test_without_anything_to_take_back_it_says_so(people: People) -> None:
    browser = people.client("carol")
    assert browser.post(URL).status_code == 302
    assert "Nothing was about to be erased" in markup(browser.get("/profile/"))
    assert browser.get(URL).status_code == 405


def test_another_one_takes_back_their_own_alone(people: People) -> None:
    ask_erasure(user=people.carol.user, words="go", link="https://x.test/")
    people.client("dan").post(URL)
    assert Erasure.objects.get().user == people.carol.user
