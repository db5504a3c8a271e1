"""What was found in a file, in the language of whoever is shown it.

The sentences are Django's own, which has them in many languages; Colloquy's have no
translation yet.
"""

from django.template import Context, Template
from django.utils import translation

from documents import ImportRefused
from documents.messages import gettext_lazy, ngettext_lazy
from readings.essays import translated, translated_refusal

REQUIRED = gettext_lazy("This field is required.")
HOURS = ngettext_lazy("%(num)d hour", "%(num)d hours", 3, num=3)


def test_message_is_put_into_words_when_it_is_shown() -> None:
    assert translated(REQUIRED) == "This field is required."
    with translation.override("fr"):
        assert translated(REQUIRED) == "Ce champ est obligatoire."
        assert translated(REQUIRED.to_json()) == "Ce champ est obligatoire."


def test_message_that_counts_has_the_language_s_own_plural() -> None:
    with translation.override("pl"):
        assert translated(HOURS).replace("\xa0", " ") == "3 godziny"


def test_refusal_says_both_what_is_wrong_and_what_to_do() -> None:
    refused = ImportRefused("empty", REQUIRED, HOURS)
    assert str(refused) == "This field is required. 3 hours"
    with translation.override("de"):
        said = translated_refusal(refused)
        assert said.replace("\xa0", " ") == "Dieses Feld ist zwingend erforderlich. 3 Stunden"
        assert translated_refusal(refused.to_json()) == said


def test_page_shows_a_kept_message_and_its_words_as_text() -> None:
    page = Template("{% load file_messages %}{{ kept|translated }}")
    kept = gettext_lazy("The picture of “%(words)s” is not in the file.", words="<b>Tom</b>")
    shown = page.render(Context({"kept": kept.to_json()}))
    assert shown == "The picture of “&lt;b&gt;Tom&lt;/b&gt;” is not in the file."
