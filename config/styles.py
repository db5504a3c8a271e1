"""Which style sheets are linked together, and served as one file.

They are written in files of one subject each. A browser gets fewer and smaller ones so: what the
first of a set has taught gzip, the others need not say again.
"""

STYLE_SETS = {
    "site": ("tokens", "fonts", "base", "controls", "panels"),  # on every page
    "common": ("pages", "lists"),  # on every page around the text
    "reading": ("reader", "essay", "threads", "linked", "responses", "composer", "checkpoint"),
}


def styles_in(*names: str) -> list[str]:
    """Return the style sheets of these sets, and those that are in none, in their order."""
    return [style for name in names for style in STYLE_SETS.get(name, (name,))]
