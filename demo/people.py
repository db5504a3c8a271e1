"""Who one can be in the demonstration, by one click."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy

from accounts.models import User
from seminars.models import Membership, Seminar

FOLDER = Path(__file__).resolve().parent

ABOUT = {
    "instructor": gettext_lazy(
        "Prepares the readings, sees where the seminar is stuck, moderates."
    ),
    "assistant": gettext_lazy("Does a part of that for the Monday group."),
    "participant": gettext_lazy(
        "Reads, annotates, answers the checkpoints, talks with the Monday group."
    ),
    "guest": gettext_lazy("Reads along, and may not write."),
}


@dataclass(frozen=True)
class Persona:
    """One of the four people on the entrance page."""

    role: str
    name: str
    email: str

    @property
    def about(self) -> str:
        return str(ABOUT[self.role])


def read(name: str) -> Any:
    """Return what one of the demonstration's YAML files holds."""
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def personas() -> list[Persona]:
    """The four, in the order of their roles."""
    seminar = read("seminar.yaml")
    people = {person["key"]: person for person in seminar["people"]}
    return [
        Persona(role, people[key]["name"], people[key]["email"])
        for role, key in seminar["personas"].items()
    ]


def account_of(role: str) -> User | None:
    """Return the persona's account in the demonstration seminar; None for any other role."""
    email = next((one.email for one in personas() if one.role == role), None)
    member = (
        Membership.objects.current()
        .filter(seminar__slug=read("seminar.yaml")["slug"], user__email=email)
        .select_related("user")
        .first()
    )
    return member.user if member else None


def demonstration() -> Seminar | None:
    """Return the demonstration seminar, if it has been made."""
    return Seminar.objects.filter(slug=read("seminar.yaml")["slug"]).first()
