"""The reasons in the log, which were keys of a fixed list, as the words that they stood for."""

from django.db import migrations

from discussions.moderation import audit

WORDS = {
    "off_topic": "Off the topic",
    "unkind": "Unkind or insulting",
    "spam": "Advertising or spam",
    "not_own_work": "Not the author’s own work",
    "personal_details": "Tells personal details",
    "other": "Something else",
}


def to_words(apps, schema_editor):
    _translate(apps, schema_editor, WORDS)


def to_keys(apps, schema_editor):
    _translate(apps, schema_editor, {words: key for key, words in WORDS.items()})


def _translate(apps, schema_editor, table):
    audit.lift(schema_editor.connection)
    decisions = apps.get_model("discussions", "Decision").objects
    for before, after in table.items():
        decisions.filter(reason=before).update(reason=after)
    audit.protect(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("discussions", "0011_comment_states")]

    operations = [migrations.RunPython(to_words, to_keys)]
