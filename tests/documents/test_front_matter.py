"""What stands above and below an essay."""

from __future__ import annotations

import pytest

from documents import Metadata, import_document
from tests.documents.helpers import (
    BODY,
    MORE,
    kinds,
    markdown,
    plain,
    repairs,
    texts,
    warnings,
)


def metadata(*lines: str) -> Metadata:
    return markdown("\n\n".join(["# The Old Harbour", *lines, BODY, MORE])).metadata


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ada Ferrer", ("Ada Ferrer",)),
        ("by Ada Ferrer and Jan van der Berg", ("Ada Ferrer", "Jan van der Berg")),
        ("Ada Ferrer, Bo Lind & Carl M. Oz\\*", ("Ada Ferrer", "Bo Lind", "Carl M. Oz")),
        ("Author: Ada O’Neill-Smith", ("Ada O’Neill-Smith",)),
        ("Von Jürgen Müller", ("Jürgen Müller",)),
        ("作者：沈砚秋、林听雨", ("沈砚秋", "林听雨")),
        ("بقلم ليلى الحدّاد", ("ليلى الحدّاد",)),
        ("מאת: רות לוי", ("רות לוי",)),
        ("Yazar: Elif Günay", ("Elif Günay",)),
    ],
)
def test_bylines(line: str, authors: tuple[str, ...]) -> None:
    assert metadata(line).authors == authors


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("August 04, 2022", "2022-08-04"),
        ("4 August 2022", "2022-08-04"),
        ("Published: Thursday, 4th of August 2022", "2022-08-04"),
        ("2022-08-04", "2022-08-04"),
        ("4. August 2022", "2022-08-04"),
        ("le 4 août 2022", ""),
        ("2022年8月4日", "2022-08-04"),
        ("4 أغسطس 2022", "2022-08-04"),
        ("4 كانون الأول 2022", "2022-12-04"),
        ("4 Ağustos 2022", "2022-08-04"),
        ("4 августа 2022", "2022-08-04"),
        ("31 February 2022", ""),
    ],
)
def test_dates(line: str, published: str) -> None:
    assert metadata(line).published == published


@pytest.mark.parametrize(
    ("line", "issue", "published"),
    [
        ("Summer 2020", "Summer 2020", "2020"),
        ("Vol. 12, No. 3 (2019)", "Vol. 12, No. 3 (2019)", "2019"),
        ("July 2022", "July 2022", "2022-07"),
    ],
)
def test_issues(line: str, issue: str, published: str) -> None:
    found = metadata(line)
    assert (found.issue, found.published) == (issue, published)


def test_venue_beside_its_issue() -> None:
    assert metadata("HQ", "Winter 2011").venue == "HQ"
    assert metadata("Harbour Review, Winter 2011").venue == "Harbour Review"
    assert metadata("Harbour Review, Winter 2011").issue == "Winter 2011"


def test_subtitle_above_a_byline() -> None:
    found = metadata("## What the quays remember", "By Ada Ferrer", "4 August 2022")
    assert found.subtitle == "What the quays remember"
    assert found.authors == ("Ada Ferrer",)


@pytest.mark.parametrize("lead", ["Abstract: ", "## Abstract\n\n"])
def test_abstract_with_its_name(lead: str) -> None:
    document = markdown(f"# T\n\n{lead}{BODY}\n\n## Quays\n\n{MORE}\n")
    assert document.metadata.abstract == BODY
    assert texts(document) == ["T", "Quays", MORE]


def test_a_motto_is_no_abstract() -> None:
    document = markdown(f"# T\n\n*Call me what you will.*\n\n{BODY}\n")
    assert document.metadata.abstract == ""
    assert texts(document) == ["T", "Call me what you will.", BODY]


def test_yaml_is_believed() -> None:
    document = markdown(
        '---\ntitle: "Quays: A History"\nauthor: [Ada Ferrer, Bo Lind]\ndate: 4 August 2022\n'
        f"lang: en-GB\nabstract: Short.\n---\n\n{BODY}\n"
    )
    found = document.metadata
    assert (found.title, found.authors) == ("Quays: A History", ("Ada Ferrer", "Bo Lind"))
    assert (found.published, found.language, found.abstract) == ("2022-08-04", "en-GB", "Short.")
    assert texts(document) == ["Quays: A History", BODY]
    assert document.blocks[0].level == 1


def test_the_text_itself_is_never_lifted() -> None:
    document = markdown(f"# T\n\n{BODY}\n\nSummer 2020\n\nBy Ada Ferrer\n\n{MORE}\n")
    assert texts(document) == ["T", BODY, "Summer 2020", "By Ada Ferrer", MORE]
    assert document.metadata.authors == ()


def test_a_section_that_looks_like_a_name() -> None:
    document = plain(f"On Harbours\n\nBy Ada Ferrer\n\nEarly Modern Europe\n\n{BODY}\n")
    assert document.metadata.authors == ("Ada Ferrer",)
    assert kinds(document) == ["heading", "heading", "paragraph"]


def test_about_the_author_at_the_end() -> None:
    note = "Ada Ferrer teaches history in the north and has sailed in most of its harbours."
    document = markdown(f"# T\n\n{BODY}\n\n{MORE}\n\n**About the author**\n\n{note}\n")
    assert document.metadata.author_note == note
    assert document.metadata.authors == ("Ada Ferrer",)
    assert texts(document) == ["T", BODY, MORE]


def test_without_a_title_the_name_of_the_file_stands() -> None:
    document = markdown(f"{BODY}\n\n{MORE}\n")
    assert document.metadata.title == "essay"
    assert "no_title" in warnings(document)
    assert kinds(document) == ["paragraph", "paragraph"]


@pytest.mark.parametrize("name", ["page.html", "Untitled 3.md", "2020_03_05.txt", "scan (2).md"])
def test_without_either_the_first_words_stand(name: str) -> None:
    document = import_document(f"{BODY}\n\n{MORE}\n".encode(), name)
    assert document.metadata.title == "The harbour was older than the town, and…"
    assert "no_title" in warnings(document)


@pytest.mark.parametrize(
    "words",
    [
        "# 5 March 2020\n\n## On Harbours\n\n",
        "# 5 March 2020\n\n# On Harbours\n\n",
        "---\ntitle: 5 March 2020\n---\n\n# On Harbours\n\n",
        "5 March 2020\n\nOn Harbours\n\n",
    ],
)
def test_a_date_above_the_title_is_no_title(words: str) -> None:
    document = markdown(f"{words}{BODY}\n\n{MORE}\n")
    assert (document.metadata.title, document.metadata.published) == ("On Harbours", "2020-03-05")
    assert texts(document) == ["On Harbours", BODY, MORE]


def test_a_date_above_sections_is_a_diarys_title() -> None:
    words = f"# 5 March 2020\n\n## Morning\n\n{BODY}\n\n## Evening\n\n{MORE}\n"
    document = markdown(words)
    assert texts(document) == ["5 March 2020", "Morning", BODY, "Evening", MORE]


def test_a_pages_own_title_stands_where_its_heading_is_a_date() -> None:
    page = f"<body><h1>March 5, 2020</h1><p>{BODY}</p><p>{MORE}</p></body>"
    data = f"<html><head><title>On Harbours</title></head>{page}</html>".encode()
    document = import_document(data, "page.html")
    assert (document.metadata.title, document.metadata.published) == ("On Harbours", "2020-03-05")
    assert texts(document) == ["On Harbours", BODY, MORE]


def test_closing_boilerplate_is_kept_and_marked() -> None:
    close = (
        "This essay first appeared in Harbour Review, Spring 2019.",
        "All rights reserved.",
    )
    document = markdown("\n\n".join(["# T", BODY, MORE, *close]))
    assert kinds(document) == ["heading", "paragraph", "paragraph", "boilerplate", "boilerplate"]
    assert [b.number for b in document.blocks] == [None, 1, 2, None, None]
    found = document.metadata
    assert (found.venue, found.issue, found.published) == ("Harbour Review", "Spring 2019", "2019")
    assert found.licence == "All rights reserved"


def test_the_same_words_inside_an_essay_are_the_essays() -> None:
    line = "Please note: the views of the harbourmaster do not represent those of the town."
    document = markdown(f"# T\n\n{line}\n\n{BODY}\n")
    assert "boilerplate" not in kinds(document)


@pytest.mark.parametrize(
    ("text", "language", "direction"),
    [
        ("港口比城镇更古老,城镇早已忘记哪些街道曾经是码头,哪些一直是干的。", "zh", "ltr"),
        ("כשהגיע הערב נכנסו הספינות לנמל והפקידים רשמו את שמותיהן בספר.", "he", "rtl"),
        ("كان الميناء أقدم من المدينة وقد نسيت المدينة أي شوارعها كانت أرصفة.", "ar", "rtl"),
        ("Le port était plus vieux que la ville, et la ville avait oublié les quais.", "fr", "ltr"),
        ("Der Hafen war älter als die Stadt, und die Stadt hatte es vergessen.", "de", "ltr"),
        ("Гавань была старше города, и город давно забыл свои причалы.", "ru", "ltr"),
    ],
)
def test_language_and_direction(text: str, language: str, direction: str) -> None:
    found = plain(f"{text}\n\n{text}\n").metadata
    assert (found.language, found.direction) == (language, direction)


def test_names_one_below_the_other() -> None:
    found = metadata("Ada Ferrer", "Jan van der Berg", "4 August 2022")
    assert (found.subtitle, found.authors) == ("", ("Ada Ferrer", "Jan van der Berg"))


def test_a_chinese_phrase_below_the_title_is_no_name() -> None:
    found = metadata("论未画之处", "沈砚秋", "2022年8月4日")
    assert (found.subtitle, found.authors) == ("论未画之处", ("沈砚秋",))


def test_an_abstract_under_a_plain_line() -> None:
    document = plain("\n\n".join(["Title", "By Ada Ferrer", "Abstract", BODY, MORE]))
    assert document.metadata.abstract == BODY
    assert texts(document) == ["Title", MORE]


@pytest.mark.parametrize(
    ("lines", "subtitle", "venue", "published"),
    [
        (["*What the quays remember*"], "What the quays remember", "", ""),
        (
            ["*What the quays remember*", "Harbour Review", "2019"],
            "What the quays remember",
            "Harbour Review",
            "2019",
        ),
        (
            ["What the quays remember", "*The Harbour*", "4 August 2022"],
            "What the quays remember",
            "The Harbour",
            "2022-08-04",
        ),
        (["The Atlantic", "July 2022"], "", "The Atlantic", "2022-07"),
        (["*Nobody asked the quays.*", "By Ada Ferrer"], "Nobody asked the quays.", "", ""),
        (["By Ada Ferrer", "*What the quays remember*"], "What the quays remember", "", ""),
    ],
)
def test_short_lines_under_the_title_are_no_paragraphs(
    lines: list[str], subtitle: str, venue: str, published: str
) -> None:
    document = markdown("\n\n".join(["# The Old Harbour", *lines, BODY, MORE]))
    found = document.metadata
    assert (found.subtitle, found.venue, found.published) == (subtitle, venue, published)
    assert texts(document) == ["The Old Harbour", BODY, MORE]
    assert "line_under_title" not in warnings(document)


@pytest.mark.parametrize("line", ["*Call me what you will.*", "London, in the spring", "For Ada"])
def test_a_line_under_the_title_that_may_be_a_motto_is_asked_about(line: str) -> None:
    document = markdown("\n\n".join(["# The Old Harbour", line, BODY, MORE]))
    assert texts(document) == ["The Old Harbour", line.strip("*"), BODY, MORE]
    assert warnings(document) == ["line_under_title"]
    assert [one.block for one in document.warnings] == [1]


def test_an_essay_that_opens_with_its_text_is_not_asked_about() -> None:
    short = "It was late."
    document = markdown("\n\n".join(["# The Old Harbour", short, BODY, MORE]))
    assert warnings(document) == []


@pytest.mark.parametrize(
    ("title", "byline", "asked"),
    [
        ("THE OLD HARBOUR", "By Ada Ferrer", True),
        ("The Old Harbour", "By ADA FERRER", True),
        ("The Old Harbour of NATO", "By Ada Ferrer", False),
        ("NATO", "By Ada Ferrer", False),
        ("北约与旧港口", "By Ada Ferrer", False),
    ],
)
def test_a_title_or_name_in_capitals_is_asked_about(title: str, byline: str, asked: bool) -> None:
    document = markdown("\n\n".join([f"# {title}", byline, BODY, MORE]))
    assert warnings(document) == (["in_capitals"] if asked else [])
    assert document.metadata.title == title


@pytest.mark.parametrize(
    "parts",
    [
        [BODY, MORE, "---"],
        ["---", BODY, MORE],
        [BODY, MORE, "---", "**About the author**", "Ada Ferrer teaches history in the north."],
        [BODY, MORE, "---", "All rights reserved."],
    ],
)
def test_a_rule_that_parts_the_text_from_nothing_goes(parts: list[str]) -> None:
    source = "\n\n".join(["# T", *parts])
    document = markdown(source)
    assert "rule" not in kinds(document)
    assert texts(document)[:3] == ["T", BODY, MORE]
    assert "removed_running_header" in repairs(document)
    [made] = [one.id for one in document.repairs if one.name == "removed_running_header"]
    assert "rule" in kinds(markdown(source, [made]))


def test_a_rule_between_paragraphs_stays() -> None:
    document = markdown(f"# T\n\n{BODY}\n\n---\n\n{MORE}\n\n---\n")
    assert kinds(document) == ["heading", "paragraph", "rule", "paragraph"]
