"""The forms of the site as its pages have them, found by walking, and what people send by them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from lxml import html

from tests.permissions.world import World
from tests.views import routes

ALIKE = 5  # pages of one kind that are opened: threads differ more than other things
LATER = "2031-05-01T10:{:02d}"
# What a page is asked with to be there whole, besides as it begins.
ASKED = {"link_new": "?block=p1&far=closed&far_block=p2"}
# In minutes: each date of a reading after the one before.
DATES_IN_ORDER = {"due_at": 15, "late_until": 30, "closes_at": 45}


@dataclass(frozen=True)
class SiteForm:
    """One form of a page: where it leads, and what it would send as it stands."""

    view: str
    action: str
    page: str
    who: str
    element: Any = field(repr=False, compare=False)
    button: tuple[str, str] | None = None
    host: str = ""  # the page in which it stands, where `page` is but a piece of one

    @property
    def has_file(self) -> bool:
        return bool(self.element.xpath(".//input[@type='file']"))

    @property
    def by_script(self) -> bool:
        """Whether a page's script sends it, and puts the answer into the page."""
        return self.element.get("hx-post") is not None

    @property
    def is_template(self) -> bool:
        """Whether a script takes it out of a template, where it is wanted."""
        return bool(self.element.xpath("ancestor::template"))

    @property
    def piece(self) -> str:
        """Which of the forms of one address it is; "" where there is but one."""
        return "".join(self.as_it_stands.get("asked", []) if self.view == "import_edits" else [])

    @property
    def text_controls(self) -> list[Any]:
        """Those into which a person writes."""
        kinds = {"", "text", "search"}
        return [
            one
            for one in self.controls
            if one.tag == "textarea" or (one.tag == "input" and one.get("type", "") in kinds)
        ]

    @property
    def text_names(self) -> set[str]:
        return {one.name for one in self.text_controls}

    @property
    def carried(self) -> set[str]:
        """The names of what it sends besides what a person writes or chooses."""
        hidden = self.element.xpath(".//input[@type='hidden'] | .//button")
        return {one.get("name") for one in hidden if one.get("name")} - {"csrfmiddlewaretoken"}

    @property
    def as_it_stands(self) -> dict[str, list[str]]:
        """The values of its controls, and of the button that is pressed."""
        sent: dict[str, list[str]] = {}
        for name, value in self.element.form_values():
            if name != "csrfmiddlewaretoken":
                # The line break after a textarea's tag is none of its value.
                sent.setdefault(name, []).append(value.removeprefix("\r\n").removeprefix("\n"))
        for control in self._beside():
            if control.name and control.value is not None:
                sent.setdefault(control.name, []).append(control.value)
        if self.button:
            sent[self.button[0]] = [self.button[1]]
        return sent

    def _beside(self) -> list[Any]:
        """Controls elsewhere on the page that belong to it by its id."""
        if not (name := self.element.get("id")):
            return []
        page = self.element.getroottree()
        return list(page.xpath("//input[@form=$id][@type='hidden']", id=name))

    def changed(self, number: int) -> dict[str, list[str]]:
        """What it sends when a person has changed all that can be: other things for each number."""
        sent = self.as_it_stands
        for control in self.controls:
            name, kind = control.name, control.get("type", "")
            if name == "quote":
                continue  # words of the text: no others will do
            if control.tag == "select":
                options = [one for one in control.value_options if one]
                sent[name] = [options[number % len(options)]] if options else []
            elif kind == "radio":
                choices = [
                    one.get("value")
                    for one in self.element.xpath(".//input[@type='radio'][@name=$n]", n=name)
                ]
                sent[name] = [choices[-1 - number % len(choices)]]
            elif kind == "checkbox":
                sent[name] = [control.get("value", "on")] if number % 2 else []
            elif kind == "datetime-local":
                sent[name] = [LATER.format(number + DATES_IN_ORDER.get(name, 0))]
            elif kind == "number":
                sent[name] = [str(number + 1)]
            elif kind == "email":
                sent[name] = [f"person{number}@example.org"]
            elif control.tag == "textarea" or kind in {"", "text", "search", "password"}:
                was = (sent.get(name) or [""])[0]
                sent[name] = ["2022" if name == "published" else f"{was} more {number}".strip()]
        return sent

    @property
    def controls(self) -> list[Any]:
        """What a person can change in it."""
        return [
            control
            for control in self.element.inputs
            if control.name
            and control.get("type") not in {"hidden", "submit", "button", "file"}
            and control.get("readonly") is None
        ]


def addresses(world: World) -> Iterator[tuple[str, str]]:
    """Every view of the site by name, with its address for each thing that there is."""
    for route in routes():
        for kwargs in world.kwargs.values():
            try:
                yield route.name, reverse(route.name, kwargs=kwargs)
            except NoReverseMatch:
                continue


def pages(
    world: World, client: Client, *, all_alike: bool, whole_site: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Every page that opens, and the pieces that its links would fetch.

    Without `all_alike`, of pages about things of one kind no more than three. With `whole_site`,
    those of the account too, and the pieces as a script has them.
    """
    kinds = {path: name for name, path in reversed([*addresses(world)])}
    waiting = list(kinds)
    waiting += [path + ASKED[name] for path, name in kinds.items() if name in ASKED]
    opened: Counter[str] = Counter()
    seen: set[str] = set()
    pieces: set[str] = set()
    while waiting:
        path = waiting.pop()
        kind = kinds.get(path, "")
        enough = kind and not all_alike and opened[kind] >= ALIKE
        if path in seen or enough or not (whole_site or is_of_the_site(path)):
            continue
        seen.add(path)
        answer = client.get(path, headers={"HX-Request": "true"} if path in pieces else {})
        type_ = answer.headers.get("Content-Type", "")
        if answer.status_code != 200 or not type_.startswith("text/html") or answer.streaming:
            continue
        opened[kind] += 1
        yield path, answer.content
        page = html.fromstring(answer.content)
        waiting += page.xpath("//a[@hx-get]/@href")
        waiting += ticked(page)
        if whole_site:
            new = set(pieces_of(page)) - seen
            pieces |= new
            waiting += new


def ticked(page: Any) -> Iterator[str]:
    """Where a form of boxes leads, all of them ticked: for each of its buttons."""
    for form in page.xpath("//form[@method='get'][.//input[@type='checkbox']]"):
        boxes = form.xpath(".//input[@type='checkbox'][@name]")
        sent = [(box.get("name"), box.get("value", "on")) for box in boxes]
        for button in form.xpath(".//button[not(@type) or @type='submit']"):
            says = [(button.get("name"), button.get("value", ""))] if button.get("name") else []
            yield f"{form.get('action')}?{urlencode(sent + says)}"


def is_of_the_site(path: str) -> bool:
    """Whether it is no page of one's account, on which one could lock oneself out."""
    return not path.startswith("/accounts/") or "display" in path


def pieces_of(page: Any) -> Iterator[str]:
    """What the scripts of a page put into it: the forms of a dialog, each for itself."""
    yield from page.xpath("//a[@data-form]/@href")
    names = page.xpath("//edit-menu//button[@type='button']/@value")
    handles = page.xpath("//*[@id='text']//a[@class='handle']/@href") if names else []
    for handle in handles:
        yield from (f"{handle}{'&' if '?' in handle else '?'}form={name}" for name in names)


def forms_of(content: bytes, page: str, who: str, *, templates: bool = False) -> Iterator[SiteForm]:
    """The forms that post, one for each button that says what is to be done."""
    for element in html.fromstring(content).xpath("//form[@method='post']"):
        if element.xpath("ancestor::template") and not templates:
            continue
        buttons = element.xpath(".//button[not(@type) or @type='submit']")
        if element.get("id"):
            buttons += element.getroottree().xpath("//button[@form=$id]", id=element.get("id"))
        for button in buttons or [None]:
            action = (button is not None and button.get("formaction")) or element.get("action")
            action = action or page
            try:
                view = resolve(urlsplit(action).path).url_name or ""
            except Resolver404:
                continue
            says = (button.get("name"), button.get("value", "")) if button is not None else None
            yield SiteForm(view, action, page, who, element, says if says and says[0] else None)


def site_forms(world: World, *, all_alike: bool = True) -> list[SiteForm]:
    """Every form of the site, each once: by where it leads and what it sends."""
    found: dict[Any, SiteForm] = {}
    for key in ("alice", "carol"):
        for page, content in pages(world, world.people.client(key), all_alike=all_alike):
            for form in forms_of(content, page, key):
                names = tuple(sorted({name for name in form.element.fields if name}))
                found.setdefault((form.action, names, form.button), form)
    return list(found.values())


def form_on(client: Client, page: str, action: str = "") -> SiteForm:
    """The form of this page that leads to `action`: to the page itself, where none is named."""
    content = client.get(page).content
    wanted = action or page
    return next(one for one in forms_of(content, page, "") if one.action == wanted)


def send(client: Client, page: str, action: str = "", /, **fields: Any) -> Any:
    """Open the page and send its form, with these fields changed by hand."""
    form = form_on(client, page, action)
    return client.post(form.action, form.as_it_stands | fields)


def confirmed(client: Client, page: str, answer: Any) -> Any:
    """Do what the answer shows first: press its button that confirms it, where it has one."""
    if answer.status_code != 200:
        return answer
    shown = [one for one in forms_of(answer.content, page, "") if one.button]
    asked = next((one for one in shown if one.button and one.button[0] == "confirmed"), None)
    return client.post(asked.action, asked.as_it_stands) if asked else answer


def add_guide(client: Client, page: str, sent: dict[str, Any]) -> Any:
    """Send a guide, and confirm what is shown that it does."""
    return confirmed(client, page, client.post(page, sent))
