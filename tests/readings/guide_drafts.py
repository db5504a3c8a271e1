"""Writing the draft of a guide through its pages."""

from django.test import Client

from readings.guides.guide_file import parse_guide
from readings.models import GuideDraft
from tests.forms import SiteForm, confirmed, form_on, forms_of

GUIDE_URL = "/s/seminar/r/margins/guide/"
URL = f"{GUIDE_URL}draft/"


def add(client: Client, part: str, at: int, **sent: str) -> None:
    page = f"{URL}items/?part={part}&at={at}"
    form = form_on(client, page).as_it_stands | {key: [value] for key, value in sent.items()}
    assert client.post(page, form).status_code == 302


def publish(client: Client) -> None:
    form = next(one for one in site_forms(client) if one.view == "reading_guide")
    answer = confirmed(client, form.action, client.post(form.action, form.as_it_stands))
    assert answer.status_code == 302


def site_forms(client: Client) -> list[SiteForm]:
    return list(forms_of(client.get(URL).content, URL, "alice"))


def press(client: Client, view: str, **sent: str) -> None:
    form = next(
        one
        for one in site_forms(client)
        if one.view == view and all(one.as_it_stands.get(k) == [v] for k, v in sent.items())
    )
    assert client.post(form.action, form.as_it_stands).status_code == 302


def bodies() -> list[str]:
    """What the items of the draft say, in their order."""
    text = GuideDraft.objects.get().text
    return [one.body for one in parse_guide(text, may_be_empty=True).items]
