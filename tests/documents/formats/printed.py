"""How the essays' front matter is printed in their languages."""

from __future__ import annotations

from tests.documents.formats.notation import Essay

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
_BY = {"en": "By ", "fr": "Par ", "zh": "作者：", "ar": "بقلم "}
_AND = {"en": " and ", "fr": " et ", "zh": "、", "ar": " و"}
NOTES = {"en": "Notes", "fr": "Notes", "zh": "注释", "ar": "الهوامش"}
ABSTRACT = {"en": "Abstract"}


def date(essay: Essay) -> str:
    year, month, *day = essay.date.split("-")
    if essay.language == "zh":
        return f"{year}年{int(month)}月" + "".join(f"{int(d)}日" for d in day)
    name = _MONTHS[essay.language].split()[int(month) - 1]
    return " ".join([*(str(int(d)) for d in day), name, year])


def byline(essay: Essay) -> str:
    return _BY[essay.language] + _AND[essay.language].join(essay.authors)
