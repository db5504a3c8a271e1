"""What is said to a person about a file, so that it can be put into words when it is shown.

A file is read in a process of its own, and what was found in it is kept with the draft:
whoever is shown it later may read another language. A message therefore keeps its English
sentence, by which a translation is found, apart from what stands in it. The functions that
make one are named as Django's, so that `makemessages` finds the sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with `%(name)s` for each of its `values`, some of which may be messages too.

    One that counts has `plural`, the sentence for other numbers than one, and the `number`.
    """

    text: str
    values: Mapping[str, str | int | Message] = field(default_factory=dict)
    plural: str = ""
    number: int | None = None

    def __str__(self) -> str:
        """The message in English."""
        return self.in_words(str, lambda one, more, number: one if number == 1 else more)

    def in_words(
        self, gettext: Callable[[str], str], ngettext: Callable[[str, str, int], str]
    ) -> str:
        """The message in the language of these two functions, which work as gettext's do."""
        if self.number is None:
            sentence = gettext(self.text)
        else:
            sentence = ngettext(self.text, self.plural, self.number)
        values = {
            name: value.in_words(gettext, ngettext) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return sentence % values if values else sentence

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote; raise KeyError or TypeError for anything else."""
        values = {
            name: cls.from_json(value) if isinstance(value, Mapping) else value
            for name, value in data["values"].items()
        }
        return cls(data["text"], values, data["plural"], data["number"])


def gettext_lazy(text: str, /, **values: str | int | Message) -> Message:
    """A message of one sentence."""
    return Message(text, values)


def ngettext_lazy(one: str, more: str, number: int, /, **values: str | int | Message) -> Message:
    """A message that counts; `%(count)s` stands for the number where no other value is given."""
    return Message(one, {"count": number, **values}, more, number)


def words_of_file(words: str) -> Message:
    """A message that is words of the file alone, which are the same in every language."""
    return Message("%(words)s", {"words": words})
