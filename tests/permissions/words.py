"""Words that stand nowhere else: wherever one is found, it was told."""

import re

WORD = re.compile(r"zq[a-z]{4}zq")


def spelled(number: int) -> str:
    """A word for a number, of letters alone: no search and no page takes it apart."""
    letters = "".join(chr(97 + number // 26**place % 26) for place in range(4))
    return f"zq{letters}zq"
