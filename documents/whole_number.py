"""The one parser for a number that somebody else has written: in a file, an address or a form."""

# A database's key has no more; longer ones are nonsense, and a million digits are an attack.
MAX_DIGITS = 18


def whole_number(text: str, *, digits: int = MAX_DIGITS) -> int | None:
    """The number of a text that is 1 to `digits` digits from 0 to 9; None for any other text.

    `str.isdigit` alone is no test for `int`: it takes “²”, and `int` does not.
    """
    return int(text) if len(text) <= digits and text.isascii() and text.isdigit() else None
