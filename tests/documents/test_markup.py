"""LaTeX, reStructuredText, Org, JATS and DocBook."""

from __future__ import annotations

import pytest

from documents import ImportRefused, import_document
from tests.documents.helpers import BODY, MORE, shape, texts

LATEX = rf"""\documentclass{{article}}
\usepackage[french,english]{{babel}}
\title{{On Harbours\\ \large A study}}
\author{{Ada Ferrer\thanks{{Ada Ferrer counts ships.}} \and Ben Ito}}
\date{{4 May 2021}}
\begin{{document}}
\maketitle
\begin{{abstract}}What a harbour is.\end{{abstract}}
{BODY}\footnote{{A \emph{{first}} note.}} Its area is $a^2+b$.

\section{{First}}
\begin{{quote}}
{MORE}
\end{{quote}}
\begin{{verse}}
The tide comes in \\
The tide goes out \\
The town is gone
\end{{verse}}
\subsection{{Deeper}}
\begin{{itemize}}\item hemp \item flax\end{{itemize}}
\end{{document}}
"""


def test_latex() -> None:
    document = import_document(LATEX.encode(), "essay.tex")
    assert shape(document) == [
        ("heading", 1, "On Harbours"),
        ("paragraph", None, f"{BODY} Its area is a^2+b."),
        ("heading", 2, "First"),
        ("blockquote", None, MORE),
        ("verse", None, "The tide comes in\nThe tide goes out\nThe town is gone"),
        ("heading", 3, "Deeper"),
        ("list_item", 1, "hemp"),
        ("list_item", 1, "flax"),
    ]
    data = document.metadata
    assert (data.title, data.subtitle) == ("On Harbours", "A study")
    assert (data.authors, data.published) == (("Ada Ferrer", "Ben Ito"), "2021-05-04")
    assert (data.abstract, data.author_note) == ("What a harbour is.", "Ada Ferrer counts ships.")
    assert [note.html for note in document.notes] == ["A <em>first</em> note."]
    assert document.blocks[1].note_refs[0].offset == len(BODY)


RST = f"""===========
On Harbours
===========

:Author: Ada Ferrer
:Date: 2021-05-04

{BODY} [#n]_

First
=====

| The tide comes in
| The tide goes out

.. [#n] A note.
"""
ORG = f"""#+title: On Harbours
#+author: Ada Ferrer
#+date: 2021-05-04

{BODY} [fn:1]

* First

#+begin_verse
The tide comes in
The tide goes out
#+end_verse

[fn:1] A note.
"""
DOCBOOK = f"""<article xmlns="http://docbook.org/ns/docbook" xml:lang="en"><info>
<title>On Harbours</title>
<author><personname><firstname>Ada</firstname><surname>Ferrer</surname></personname></author>
<date>2021-05-04</date></info><para>{BODY} <footnote><para>A note.</para></footnote></para>
<section><title>First</title><literallayout>The tide comes in
The tide goes out</literallayout></section></article>"""
JATS = f"""<article xml:lang="en"><front><journal-meta><journal-title-group><journal-title>
Quay Review</journal-title></journal-title-group></journal-meta>
<article-meta><title-group><article-title>On
Harbours</article-title></title-group><contrib-group><contrib contrib-type="author"><name><surname>
Ferrer</surname><given-names>Ada</given-names></name></contrib></contrib-group><pub-date><day>4</day>
<month>5</month><year>2021</year></pub-date><volume>12</volume><issue>3</issue></article-meta></front>
<body><p>{BODY} <xref ref-type="fn" rid="n">1</xref></p><sec><title>First</title>
<verse-group><verse-line>The tide comes in</verse-line><verse-line>The tide goes out</verse-line>
</verse-group></sec></body>
<back><fn-group><fn id="n"><p>A note.</p></fn></fn-group></back></article>"""


@pytest.mark.parametrize(
    ("text", "form"), [(RST, "rst"), (ORG, "org"), (DOCBOOK, "docbook"), (JATS, "jats")]
)
def test_the_same_essay(text: str, form: str) -> None:
    document = import_document(text.encode(), "essay")
    assert document.format == form
    assert shape(document)[:3] == [
        ("heading", 1, "On Harbours"),
        ("paragraph", None, BODY),
        ("heading", 2, "First"),
    ]
    assert "The tide comes in" in texts(document)[3]
    assert document.metadata.authors == ("Ada Ferrer",)
    assert document.metadata.published == "2021-05-04"
    assert [note.text for note in document.notes] == ["A note."]
    assert [(r.number, r.offset) for r in document.blocks[1].note_refs] == [("1", len(BODY))]


def test_a_journal_is_the_venue() -> None:
    data = import_document(JATS.encode(), "essay.xml").metadata
    assert (data.venue, data.issue) == ("Quay Review", "Vol. 12, No. 3")


@pytest.mark.parametrize("text", [DOCBOOK, JATS])
def test_entities_are_refused(text: str) -> None:
    bomb = '<!DOCTYPE article [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + text
    with pytest.raises(ImportRefused) as caught:
        import_document(bomb.encode(), "essay.xml")
    assert caught.value.code == "unsafe_markup"


def read_words(text: str, name: str) -> list[str]:
    return [block.text for block in import_document(text.encode(), name).blocks]


def test_citations_stand_as_their_source_says_them() -> None:
    tex = (
        "\\documentclass{article}\\title{Fords}\\begin{document}\\maketitle\n"
        "Older \\cite{mill1859} than \\citep[see][p. 3]{lee} or \\citet{hill} says.\n"
        "\\end{document}"
    )
    assert read_words(tex, "a.tex")[1:] == ["Older [mill1859] than [see lee, p. 3] or hill says."]
    org = "#+TITLE: Fords\nThe ford is older [cite:@mill1859 p. 3] than the bridge.\n"
    assert read_words(org, "a.org") == [
        "Fords",
        "The ford is older [mill1859, p. 3] than the bridge.",
    ]


def test_a_citation_in_brackets_of_the_authors_has_no_others() -> None:
    tex = (
        "\\documentclass{article}\\begin{document}\n"
        "Older [\\cite{mill}], [see \\cite[p. 3]{lee}, and \\cite{hill}] than [1] \\cite{ito}.\n"
        "\\end{document}"
    )
    assert read_words(tex, "a.tex") == ["Older [mill], [see lee, p. 3, and hill] than [1] [ito]."]


def test_references_lead_to_numbers() -> None:
    tex = (
        "\\documentclass{article}\\usepackage{ours}\\newtheorem{claim}{Claim}\\begin{document}\n"
        "\\begin{claim}\\label{c} Ships sink.\\end{claim}\n"
        "\\begin{rmk} Not all.\\end{rmk}\n"
        "\\begin{rmk}\\label{r} Some float.\\end{rmk}\n"
        "\\begin{center}\\label{m} In the middle.\\end{center}\n"
        "\\begin{enumerate}\\item A quay.\\item\\label{q} A mole.\\end{enumerate}\n"
        "See \\ref{c}, \\ref{r}, \\ref{q}, \\ref{m} and \\ref{lost}.\n"
        "\\end{document}"
    )
    assert read_words(tex, "a.tex") == [
        "Claim 1. Ships sink.",
        "Remark 1. Not all.",
        "Remark 2. Some float.",
        "In the middle.",
        "A quay.",
        "A mole.",
        "See 1, 2, 2, [m] and [lost].",
    ]


def test_a_bibliography_in_the_text_numbers_its_citations() -> None:
    tex = (
        "\\documentclass{article}\\title{Fords}\\begin{document}\\maketitle\n"
        "Older \\cite{mill} than \\cite[p. 3]{lee}.\n"
        "\\begin{thebibliography}{9}\n\\bibitem{lee} Lee, Rivers.\n\\bibitem{mill} Mill, Fords.\n"
        "\\end{thebibliography}\n\\end{document}"
    )
    assert read_words(tex, "a.tex")[1:] == [
        "Older [2] than [1, p. 3].",
        "References",
        "[1] Lee, Rivers.",
        "[2] Mill, Fords.",
    ]


def test_the_references_of_a_journal_article_are_kept() -> None:
    jats = (
        '<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal '
        'Archiving and Interchange DTD v1.2 20190208//EN" "JATS-archivearticle1.dtd">'
        "<article><front><article-meta><title-group><article-title>Fords</article-title></title-group>"
        "</article-meta></front><body><p>The ford is older "
        '<xref ref-type="bibr" rid="B1">1</xref> than the bridge.</p></body><back><ref-list>'
        '<ref id="B1"><label>1</label><element-citation><person-group><name><surname>Mill</surname>'
        "<given-names>J. S.</given-names></name></person-group><source>On Liberty</source>"
        "<year>1859</year></element-citation></ref></ref-list></back></article>"
    )
    assert read_words(jats, "a.xml") == [
        "Fords",
        "The ford is older 1 than the bridge.",
        "References",
        "1 J. S. Mill. On Liberty. 1859.",
    ]
