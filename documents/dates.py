"""Dates and issues as they are printed over an essay."""

from __future__ import annotations

import re
from datetime import date

# In English, French, Spanish, German, Dutch, Swedish, Danish, Norwegian, Italian, Portuguese and
# Catalan; Polish, Czech, Ukrainian and Russian, whose months have two forms; Romanian, Hungarian,
# Finnish, Turkish, Indonesian, Greek, Hebrew, Persian, Hindi and Arabic. Of two words: _ stands
# for the space. Croatian is not among them: its “listopad” is October, and that of others November.
_MONTHS = (
    "january january janvier enero januar januari gennaio janeiro gener jan styczeń stycznia leden "
    "ledna січень січня январь января ianuarie január tammikuu tammikuuta ocak ιανουάριος "
    "ιανουαρίου ינואר ژانویه जनवरी يناير كانون_الثاني",
    "february février fevrier febrero februar februari febbraio fevereiro febrer feb luty lutego "
    "únor února лютий лютого февраль февраля februarie február helmikuu helmikuuta şubat "
    "φεβρουάριος φεβρουαρίου פברואר فوریه फरवरी فبراير شباط",
    "march mars marzo märz março març maart marts mar marzec marca březen března березень березня "
    "март марта martie március maaliskuu maaliskuuta mart maret μάρτιος μαρτίου מרץ मार्च مارس آذار",
    "april avril abril aprile apr kwiecień kwietnia duben dubna квітень квітня апрель апреля "
    "aprilie április huhtikuu huhtikuuta nisan απρίλιος απριλίου אפריל آوریل अप्रैल أبريل إبريل "
    "نيسان",
    "may mai mayo maggio maio maig maj maja mei květen května травень травня май мая május "
    "toukokuu toukokuuta mayıs μάιος μαΐου מאי مه मई مايو أيار",
    "june juin junio juni giugno junho juny jun czerwiec czerwca červen června червень червня июнь "
    "июня iunie június kesäkuu kesäkuuta haziran ιούνιος ιουνίου יוני ژوئن जून يونيو حزيران",
    "july juillet julio juli luglio julho juliol jul lipiec lipca červenec července липень липня "
    "июль июля iulie július heinäkuu heinäkuuta temmuz ιούλιος ιουλίου יולי ژوئیه जुलाई يوليو تموز",
    "august août aout agosto augusti augustus agost aug sierpień sierpnia srpen srpna серпень "
    "серпня август августа augusztus elokuu elokuuta ağustos agustus αύγουστος αυγούστου אוגוסט "
    "اوت अगस्त أغسطس آب",
    "september septembre septiembre settembre setembro setembre sep sept wrzesień września září "
    "вересень вересня сентябрь сентября septembrie szeptember syyskuu syyskuuta eylül σεπτέμβριος "
    "σεπτεμβρίου ספטמבר سپتامبر सितंबर سبتمبر أيلول",
    "october octobre octubre oktober ottobre outubro oct okt październik października říjen října "
    "жовтень жовтня октябрь октября octombrie október lokakuu lokakuuta ekim οκτώβριος οκτωβρίου "
    "אוקטובר اکتبر अक्टूबर أكتوبر تشرين_الأول",
    "november novembre noviembre novembro nov listopad listopada listopadu листопад листопада "
    "ноябрь ноября noiembrie marraskuu marraskuuta kasım νοέμβριος νοεμβρίου נובמבר "
    "نوامبر नवंबर نوفمبر تشرين_الثاني",
    "december décembre decembre diciembre dezember dicembre dezembro desembre desember dec dez "
    "grudzień grudnia prosinec prosince грудень грудня декабрь декабря decembrie joulukuu "
    "joulukuuta aralık δεκέμβριος δεκεμβρίου דצמבר دسامبر दिसंबर ديسمبر كانون_الأول",
)
_MONTH = {name.replace("_", " "): n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
_M = "(?P<m>" + "|".join(sorted(_MONTH, key=len, reverse=True)) + r")\.?"
_Y = r"(?P<y>(?:1[4-9]|20)\d\d)"
_D = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
_FULL = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:[^\W\d]+day,? )?{_M} {_D},? {_Y}",
        rf"(?:[^\W\d]+day,? )?(?:the )?{_D} (?:of |de |d['’]|ב)?{_M},?(?: de| del)? {_Y}",
        rf"{_Y}\. {_M} {_D}",
        rf"(?:ngày )?(?P<d>\d{{1,2}}) tháng (?P<m>\d{{1,2}}),?(?: năm)? {_Y}",
        rf"{_Y}-(?P<m>\d\d)-(?P<d>\d\d)",
        rf"(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.{_Y}",
        rf"{_Y} ?[年년] ?(?P<m>\d{{1,2}}) ?[月월] ?(?P<d>\d{{1,2}}) ?[日일]",
    )
]
_MONTH_YEAR = re.compile(rf"{_M},? {_Y}", re.IGNORECASE)
_SEASON = re.compile(
    rf"(?:spring|summer|autumn|fall|winter|printemps|été|automne|hiver|frühling|sommer|herbst|"
    rf"primavera|verano|otoño|invierno|estate|autunno|inverno|wiosna|lato|jesień|zima)"
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
    r"publié le|veröffentlicht am|publicado (?:el|em)|pubblicato il|opublikowano|gepubliceerd op)"
    r"\s*:?\s+",
    re.IGNORECASE,
)


def date_of(text: str) -> str:
    """The ISO date that a line is, as far as it says; "" if it is no date."""
    line = _LABEL.sub("", text.strip(), count=1).strip(" .,|·—–-()")
    # The Polish, Russian and Ukrainian year, and the Bulgarian one, have a sign of their own.
    line = re.sub(r"(?<=\d) ?(?:r|roku|г|р|року|года)\.?$", "", line)
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
