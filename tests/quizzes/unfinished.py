"""Writing a question that is not ready: by its buttons, and as a script keeps it."""

from typing import Any

from django.test import Client

from readings.guides.unfinished import Unfinished, unfinished_in
from readings.models import GuideDraft
from tests.base import htmx, markup
from tests.forms import SiteForm, forms_of
from tests.readings.guide_drafts import URL

NEW = f"{URL}questions/?at=2"
RUN, OTHER_RUN = "aaaa-1", "bbbb-2"
HALF = {"words": "Where do readers", "line_0": "At the end", "feedback": "Kept feedback"}
WHOLE = HALF | {"line_1": "Nowhere"}
CANARY = "Canarywords"


def form_at(client: Client, page: str, act: str = "done") -> SiteForm:
    """The form of this page, with the button that is pressed."""
    found = forms_of(client.get(page).content, page, "alice")
    return next(one for one in found if one.button == ("act", act))


class TypedForm:
    """A form that is open in a tab, whose script keeps what is typed."""

    def __init__(self, client: Client, page: str = NEW, run: str = RUN) -> None:
        self.client, self.page, self.run, self.turn = client, page, run, 0
        self.sent: dict[str, Any] = dict(form_at(client, page, "keep").as_it_stands)

    def type(self, **words: str) -> Any:
        """Type, and return what the server answers to what the script sends then."""
        self.sent |= {name: [value] for name, value in words.items()}
        self.turn += 1
        answer = self.send(act="keep", turn=str(self.turn))
        if kept := answer.headers.get("X-Kept"):
            self.sent["kept"], self.sent["kept_version"] = (
                [one.replace("0", "")] if one == "0" else [one] for one in kept.split()
            )
        return answer

    def send(self, **more: str) -> Any:
        return htmx(self.client, "post", self.page, self.sent | {"run": self.run} | more)

    def press(self, act: str = "done") -> Any:
        """Press a button, as without scripts: the answer leads to the page or shows the form."""
        return self.client.post(self.page, self.sent | {"run": self.run, "act": act})


def unready() -> list[Unfinished]:
    return unfinished_in(GuideDraft.objects.get())


def words_of(one: Unfinished) -> str:
    return one.fields["words"][0]


def shown(client: Client) -> str:
    return markup(client.get(URL))
