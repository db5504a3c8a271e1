"""Units in tests: made in this order, with readings put into them."""

from django.test import Client
from django.urls import reverse
from lxml import html

from readings.models import Reading, Unit
from readings.setup.unit_actions import create_unit, place_reading
from tests.base import People

URL = reverse("unit_list", args=["seminar"])


def make_units(people: People, *names: str) -> list[Unit]:
    return [create_unit(name=name, starts_on=None, by=people.alice) for name in names]


def put(people: People, unit: Unit | None, *readings: Reading) -> None:
    for reading in readings:
        place_reading(reading=reading, unit=unit, place=None, by=people.alice)


def order(client: Client) -> list[str]:
    """The headings and titles of its readings on the seminar's page, in their order."""
    page = html.fromstring(client.get(reverse("seminar_detail", args=["seminar"])).content)
    found = page.xpath("//main//*[self::h2 or self::h3][not(@id='general-h' or @id='argument-h')]")
    return [" ".join(one.text_content().split()) for one in found]
