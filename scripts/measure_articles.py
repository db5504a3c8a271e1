"""How well the article is taken out of saved web pages: precision and recall.

    python scripts/measure_articles.py FOLDER [--every N]

FOLDER holds trafilatura's own pages (its `tests`): `evaldata.json`, and the pages in `eval` and
`cache`. Each page has words that belong to the article, and words that do not; a page that cannot
be read counts as one that gives no words. They count captions of pictures among what does not
belong, and so the precision is given a second time without captions and without what is marked
as the publisher's.

Or FOLDER holds the article extraction benchmark of Scrapinghub: `ground-truth.json`, and the pages
in `html`. There each article is given whole, without its title and captions: the precision and
recall of a page are those of its runs of four words, and the mean of all pages is given.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from documents import Document, ImportRefused, import_document

_ASIDE = {"figure", "boilerplate"}
_RUN = 4


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


def text_of(document: Document) -> str:
    """The text of an article alone, as a whole one is given to compare with."""
    own = [one.text for one in document.blocks if one.kind not in _ASIDE]
    return _line([*own, *(one.text for one in document.notes)])


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1))


def measure_whole(folder: Path, every: int) -> None:
    truth = json.loads((folder / "ground-truth.json").read_text())
    precisions, recalls = [], []
    for name in list(truth)[::every]:
        try:
            data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
            found = _runs(text_of(import_document(data, "page.html")))
        except ImportRefused:
            found = _runs("")
        looked_for = _runs(truth[name]["articleBody"])
        right = (found & looked_for).total()
        precisions.append(right / found.total() if found else 0)
        recalls.append(right / max(looked_for.total(), 1))
    print(f"pages {len(recalls)}")
    print(
        f"precision {sum(precisions) / len(precisions):.3f}, "
        f"recall {sum(recalls) / len(recalls):.3f}"
    )


def _line(parts: list[str]) -> str:
    return " ".join(" ".join(parts).split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take every Nth page")
    options = parser.parse_args()
    if (options.folder / "ground-truth.json").exists():
        measure_whole(options.folder, options.every)
        return
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
