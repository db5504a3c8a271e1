"""How well the article is taken out of saved web pages: precision and recall.

    python scripts/measure_articles.py FOLDER [--every N]

FOLDER holds trafilatura's own pages (its `tests`): `evaldata.json`, and the pages in `eval` and
`cache`. Each page has words that belong to the article, and words that do not; a page that cannot
be read counts as one that gives no words. They count captions of pictures among what does not
belong, and so the precision is given a second time without captions and without what is marked
as the publisher's.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from documents import ImportRefused, import_document

_ASIDE = {"figure", "boilerplate"}


def words_of(path: Path) -> tuple[str, str]:
    """All that the import shows of a page's article, and the same without captions."""
    try:
        found = import_document(path.read_bytes(), "page.html")
    except ImportRefused:
        return "", ""
    data = found.metadata
    head = [data.title, data.subtitle, *data.authors, data.abstract, data.author_note]
    notes = [one.text for one in found.notes]
    return (
        _line([*head, *(one.text for one in found.blocks), *notes]),
        _line([*head, *(one.text for one in found.blocks if one.kind not in _ASIDE), *notes]),
    )


def _line(parts: list[str]) -> str:
    return " ".join(" ".join(parts).split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take every Nth page")
    options = parser.parse_args()
    pages = list(json.loads((options.folder / "evaldata.json").read_text()).values())
    right = lost = kept = kept_text = read = crashed = 0
    for page in pages[:: options.every]:
        places = (options.folder / name / page["file"] for name in ("eval", "cache"))
        path = next((one for one in places if one.exists()), None)
        if path is None:
            continue
        read += 1
        try:
            text, own = words_of(path)
        except Exception as error:  # noqa: BLE001 - counted, and said
            crashed += 1
            print(f"{page['file']}: {error!r}", file=sys.stderr)
            text = own = ""
        found = sum(" ".join(one.split()) in text for one in page["with"])
        right += found
        lost += len(page["with"]) - found
        kept += sum(" ".join(one.split()) in text for one in page["without"])
        kept_text += sum(" ".join(one.split()) in own for one in page["without"])
    print(f"pages {read}, crashes {crashed}")
    print(
        f"precision {right / max(right + kept, 1):.3f} "
        f"(without captions {right / max(right + kept_text, 1):.3f}), "
        f"recall {right / max(right + lost, 1):.3f}"
    )


if __name__ == "__main__":
    main()
