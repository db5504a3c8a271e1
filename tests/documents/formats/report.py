"""What every reader still gets wrong: `python -m tests.documents.formats.report`.

With words, only the files whose essay/name holds one of them, each with its
differences: `… .report harbour/page.html docx`.
"""

from __future__ import annotations

import sys

from tests.documents.formats.compare import differences, files, summary


def main(words: list[str]) -> None:
    same = 0
    several = [
        (essay, file)
        for essay, file in files()
        if not words or any(word in f"{essay}/{file}" for word in words)
    ]
    for essay, file in several:
        line = summary(essay, file)
        same += line.endswith("the same")
        print(line)  # noqa: T201
        if words and line.endswith("differ"):
            print("\n".join(f"    {one}" for one in differences(essay, file)))  # noqa: T201
    print(f"{same} of {len(several)} the same")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
