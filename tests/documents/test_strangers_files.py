"""Faults that files of other people have shown, each in a small file of our own."""

from __future__ import annotations

from documents import import_document
from tests.documents.helpers import BODY, MORE, kinds, texts, warnings
from tests.documents.test_office import paragraph, rtf, run, word


def test_latex_of_today_has_no_date() -> None:
    head = r"\documentclass{article}\title{T}\date{\today}\begin{document}\maketitle "
    tex = head + BODY + r"\end{document}"
    assert import_document(tex.encode(), "a.tex").metadata.published == ""


def test_org_macros_are_expanded_and_settings_left_out() -> None:
    org = (
        "#+TITLE: On {{{place}}}\n#+MACRO: place Harbours\n#+MACRO: two $1 and $2\n"
        f"#+SETUPFILE: theme.setup\n\n{BODY} {{{{{{two(quays,moles)}}}}}}\n"
    )
    document = import_document(org.encode(), "a.org")
    assert texts(document) == ["On Harbours", f"{BODY} quays and moles"]


def test_a_journals_numbers_for_libraries_are_no_text() -> None:
    jats = f"""<article><front><article-meta><title-group><article-title>T</article-title>
    </title-group></article-meta></front><body><p>{BODY}</p><fig id="f1">
    <object-id pub-id-type="doi">10.1/f1</object-id><label>Figure 1.</label>
    <caption><p>A quay.</p></caption><graphic href="f1.tif"/></fig><p>{MORE}</p></body>
    <sub-article><front-stub><article-id>10.1/s</article-id><title-group>
    <article-title>Decision letter</article-title></title-group><contrib-group><contrib>
    <name><surname>Ito</surname></name></contrib></contrib-group></front-stub>
    <body><p>{BODY}</p></body></sub-article></article>"""
    document = import_document(jats.encode(), "a.xml")
    words = " ".join(texts(document))
    assert "10.1" not in words
    assert "Ito" not in words
    assert kinds(document).count("figure") == 1
    assert "Decision letter" in texts(document)


def test_an_isotope_is_no_note() -> None:
    page = (
        f"<article><h1>T</h1><p>{BODY}<sup>1</sup></p>"
        f"<p><sup>1</sup>H NMR (600 MHz): see the table. {MORE}</p></article>"
    )
    document = import_document(page.encode(), "a.html")
    assert document.notes == ()
    assert texts(document)[-1] == f"1H NMR (600 MHz): see the table. {MORE}"


def test_a_bold_word_that_the_text_repeats_is_no_pull_quote() -> None:
    words = "удовлетворительно"
    markdown = f"# Оценки\n\nОценка «{words}» ставится редко.\n\n**{words}**\n\n{BODY}\n"
    assert "pullquote" not in kinds(import_document(markdown.encode(), "a.md"))


def test_the_oldest_pages_of_project_gutenberg() -> None:
    head = "The Project Gutenberg EBook of It\n\n*** START OF THIS PROJECT GUTENBERG EBOOK IT ***"
    foot = "*** END OF THIS PROJECT GUTENBERG EBOOK IT ***\n\nLicense"
    page = (
        "<html><head><title>The Project Gutenberg eBook of It</title></head><body>"
        f"<pre>{head}</pre><h2>It</h2><p>{BODY}</p><p>{MORE}</p><pre>{foot}</pre></body></html>"
    )
    document = import_document(page.encode(), "a.htm")
    assert document.metadata.title == "It"
    assert kinds(document) == ["heading", "paragraph", "paragraph", "boilerplate", "boilerplate"]


def test_formulas_of_another_program_are_told() -> None:
    name = 'xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Equation.3"'
    formula = f"<w:r><w:object><o:OLEObject {name}/></w:object></w:r>"
    assert "left_out_formula" in warnings(word(paragraph(run(BODY) + formula)))
    assert "left_out_formula" not in warnings(word(paragraph(run(BODY))))
    spoken = r"{\object\objemb{\*\objclass Equation.3}{\*\objdata 00}}"
    assert "left_out_formula" in warnings(rtf(f"{BODY} {spoken}\\par"))


def test_three_names_below_the_title_are_its_authors_though_set_as_a_heading() -> None:
    names = "Ada Ferrer, Ben Ito, and Carla Munro"
    document = import_document(f"# On Harbours\n\n### {names}\n\n{BODY}\n".encode(), "a.md")
    assert document.metadata.authors == ("Ada Ferrer", "Ben Ito", "Carla Munro")
    assert texts(document) == ["On Harbours", BODY]
