"""One browser is signed out: sent twice, it is answered as the first time."""

from django.urls import reverse

from tests.accounts.second_factors import confirm
from tests.accounts.test_session_list import FIREFOX, IPHONE, browser, is_in
from tests.base import People
from tests.forms import forms_of


def test_sent_twice(people: People) -> None:
    there, here = browser(people, IPHONE), browser(people, FIREFOX)
    confirm(here)
    page = here.get(reverse("session_list")).content
    found = [one for one in forms_of(page, "", "carol") if one.view == "session_ending"]
    assert len(found) == 2
    form = found[1]  # this browser stands first
    answers = [here.post(form.action, form.as_it_stands) for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {reverse("session_list")}
    assert not is_in(there)
