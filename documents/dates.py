"""Dates and issues as they are printed over an essay."""

from __future__ import annotations

import re
from datetime import date

# Of two words: _ stands for the space.
_MONTHS = (
    "january january janvier enero januar januari gennaio janeiro jan ocak января "
    "يناير كانون_الثاني",
    "february février fevrier febrero februar februari febbraio fevereiro feb şubat "
    "февраля فبراير شباط",
    "march mars marzo märz março maart mar mart марта مارس آذار",
    "april avril abril aprile apr nisan апреля أبريل إبريل نيسان",
    "may mai mayo maggio maio maj mei mayıs мая مايو أيار",
    "june juin junio juni giugno junho jun haziran июня يونيو حزيران",
    "july juillet julio juli luglio julho jul temmuz июля يوليو تموز",
    "august août aout agosto augusti augustus aug ağustos августа أغسطس آب",
    "september septembre septiembre settembre setembro sep sept eylül сентября سبتمبر أيلول",
    "october octobre octubre oktober ottobre outubro oct okt ekim октября أكتوبر تشرين_الأول",
    "november novembre noviembre novembro nov kasım ноября نوفمبر تشرين_الثاني",
    "december décembre decembre diciembre dezember dicembre dezembro dec dez aralık декабря ديسمبر "
    "كانون_الأول",
)
_MONTH = {name.replace("_", " "): n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
_M = "(?P<m>" + "|".join(sorted(_MONTH, key=len, reverse=True)) + r")\.?"
_Y = r"(?P<y>(?:1[4-9]|20)\d\d)"
_D = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
_FULL = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:[^\W\d]+day,? )?{_M} {_D},? {_Y}",
        rf"(?:[^\W\d]+day,? )?(?:the )?{_D} (?:of |de |d')?{_M},?(?: de| del)? {_Y}",
        rf"{_Y}-(?P<m>\d\d)-(?P<d>\d\d)",
        rf"(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.{_Y}",
        rf"{_Y} ?年 ?(?P<m>\d{{1,2}}) ?月 ?(?P<d>\d{{1,2}}) ?日",
    )
]
_MONTH_YEAR = re.compile(rf"{_M},? {_Y}", re.IGNORECASE)
_SEASON = re.compile(
    rf"(?:spring|summer|autumn|fall|winter|printemps|été|automne|hiver|frühling|sommer|herbst)"
    rf"(?:\s*[/–-]\s*(?:spring|summer|autumn|fall|winter))?,? {_Y}(?:[/–-]\d{{2,4}})?",
    re.IGNORECASE,
)
_COUNT = r"(?:vol(?:ume)?\.?|no\.?|nr\.?|number|issue|band|heft|n[°º])\s*\d+"
# After the first count: more counts, seasons, months, years and pages, no words.
_MORE = "|".join(
    [_COUNT, _SEASON.pattern.replace("?P<y>", "?:"), _M.replace("?P<m>", "?:"), r"pp?\.", r"\d"]
)
_VOLUME = re.compile(rf"{_COUNT}(?:[\s,;:()|·•/–—-]|{_MORE})*", re.IGNORECASE)
_YEAR = re.compile(_Y)
_LABEL = re.compile(
    r"(?:(?:first |originally )?(?:published|posted|date|updated|written)(?: on| in)?|"
    r"publié le|veröffentlicht am)\s*:?\s+",
    re.IGNORECASE,
)


def date_of(text: str) -> str:
    """The ISO date that a line is, as far as it says; "" if it is no date."""
    line = _LABEL.sub("", text.strip(), count=1).strip(" .,|·—–-()")
    for pattern in _FULL:
        match = pattern.fullmatch(line)
        if match:
            return _iso(match)
    match = _MONTH_YEAR.fullmatch(line)
    if match:
        return f"{match['y']}-{_MONTH[match['m'].lower()]:02}"
    return line if _YEAR.fullmatch(line) else ""


def is_issue(text: str) -> bool:
    """Whether a line names an issue: Summer 2020; Vol. 12, No. 3; July 2022."""
    line = text.strip(" .,|·—–-()")
    return bool(_SEASON.fullmatch(line) or _VOLUME.fullmatch(line) or _MONTH_YEAR.fullmatch(line))


def year_of(text: str) -> str:
    match = _YEAR.search(text)
    return match.group() if match else ""


def _iso(match: re.Match[str]) -> str:
    month = match["m"].lower()
    number = int(month) if month.isdigit() else _MONTH[month]
    try:
        return date(int(match["y"]), number, int(match["d"])).isoformat()
    except ValueError:
        return ""
