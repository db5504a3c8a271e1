"""Names of people in plain words: “@Amina Diallo” in what somebody writes."""

from collections.abc import Iterable, Iterator, Mapping

from documents.words import is_wide


class Names:
    """Names that are looked for after an “@”; the longest that stands there is meant.

    Capitals do not count. A name ends where its word does: “@Anna” is not in “@Annabel”.
    """

    def __init__(self, names: Iterable[str]) -> None:
        known: dict[str, list[str]] = {}
        for name in {one.casefold() for one in names if one.strip()}:
            known.setdefault(_first_word(name), []).append(name)
        # By first word: a long comment full of signs is no work for a large seminar.
        self._known: Mapping[str, list[str]] = {
            word: sorted(found, key=len, reverse=True) for word, found in known.items()
        }

    def __bool__(self) -> bool:
        return bool(self._known)

    def end_of(self, text: str, at: int) -> int | None:
        """Return where the name ends that is mentioned at this place; None where none is."""
        if text[at] != "@" or (at and text[at - 1].isalnum()):
            return None
        start = at + 1
        for name in self._known.get(_first_word(text[start : start + 200].casefold()), ()):
            end = start + len(name)
            if text[start:end].casefold() == name and _ends(text, end):
                return end
        return None

    def found_in(self, text: str) -> Iterator[str]:
        """Yield the names that are mentioned, as they are written, case folded."""
        at = text.find("@")
        while at >= 0:
            end = self.end_of(text, at)
            if end is not None:
                yield text[at + 1 : end].casefold()
            at = text.find("@", end or at + 1)

    def replaced_in(self, text: str, instead: str) -> str:
        """Return `text` with `instead` in the place of each mention, its sign too."""
        parts, done = [], 0
        at = text.find("@")
        while at >= 0:
            end = self.end_of(text, at)
            if end is not None:
                parts += [text[done:at], instead]
                done = end
            at = text.find("@", end or at + 1)
        return "".join([*parts, text[done:]])


NOBODY = Names(())


def _first_word(name: str) -> str:
    """The letters and digits with which it begins; of a name in Chinese or Japanese, one."""
    for place, character in enumerate(name):
        if not character.isalnum() or is_wide(character):
            return name[: max(place, 1)]
    return name


def _ends(text: str, end: int) -> bool:
    return end >= len(text) or not text[end].isalnum() or is_wide(text[end - 1])
