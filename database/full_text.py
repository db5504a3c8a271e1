"""Full text search behind one interface: SQLite's FTS5 and PostgreSQL's tsvector.

A model that is searched has a column `terms`, a `TermsField`: the words of a row as an index
keeps them (anchoring.index_terms), written by whatever writes the row. PostgreSQL keeps it as a
tsvector under a GIN index. SQLite keeps it as text, and triggers carry it over to an FTS5 table
beside the model's own. Neither takes words apart by itself: both get the same terms, and so find
the same in every language.

`rows.filter(terms__match=Wanted(query, scopes))` are the rows that have what is looked for.
"""

# ruff: noqa: S608 - tables of our own models, and nothing that anybody sent

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from anchoring import Phrase, SearchQuery, index_terms
from documents.markup_text import text_of_markup

# A private character, which no text's terms have: so a scope is never a word of anybody's.
SCOPE = "\ue000"
MAX_POSITION = 16_383  # of a word in a tsvector
BATCH = 500  # rows read at once
M = TypeVar("M", bound=models.Model)

if TYPE_CHECKING:
    TextField = models.TextField[str, str]
    Lookup = models.Lookup[Any]
else:
    TextField, Lookup = models.TextField, models.Lookup


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, among the rows of one of these `scopes`: keys of what they belong to."""

    query: SearchQuery
    scopes: Sequence[int]


class TermsField(TextField):
    """The terms of the column `source`, which may be HTML, and first the scope that the row is in.

    The scope is the key of the seminar or revision in the column `scope`: who searches one of
    them need not look through all. The field writes itself with each insert; an update of
    `source` names both columns. Nothing reads it but the index: `WithoutTerms` leaves it there.
    """

    def __init__(self, *args: Any, source: str = "", scope: str = "", **options: Any) -> None:
        self.source, self.scope = source, scope
        super().__init__(*args, **{"default": "", "editable": False, **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "source": self.source, "scope": self.scope}

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002
        return self.terms_of(model_instance)

    def terms_of(self, row: Any) -> str:
        """What an index is to keep of this row."""
        words = getattr(row, self.source)
        text = text_of_markup(words) if self.source == "html" else words
        terms = index_terms(text)
        return f"{SCOPE}{getattr(row, self.scope)} {terms}" if terms else ""

    def get_db_prep_value(
        self,
        value: Any,
        connection: BaseDatabaseWrapper,
        prepared: bool = False,
    ) -> Any:
        value = super().get_db_prep_value(value, connection, prepared)
        return _tsvector(value) if connection.vendor == "postgresql" and value else value


class WithoutTerms(models.QuerySet[M]):
    """Rows that are loaded without their terms, which are as long as the words."""

    def __init__(self, model: Any = None, query: Any = None, **options: Any) -> None:
        super().__init__(model, query, **options)
        if query is None and model is not None:
            self.query.add_deferred_loading(["terms"])


@TermsField.register_lookup
class Match(Lookup):
    """`terms__match=Wanted(…)`: has all phrases, and is in one of the scopes."""

    lookup_name = "match"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", [*parameters, _tsquery(self.rhs)]

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:  # noqa: ARG002 - Django's own
        model = self.lhs.target.model
        table, key = _index_of(model), connection.ops.quote_name(model._meta.pk.column)
        alias = connection.ops.quote_name(self.lhs.alias)
        sql = f'{alias}.{key} IN (SELECT rowid FROM "{table}" WHERE "{table}" MATCH %s)'
        return sql, [_fts5(self.rhs)]


# --- How each engine writes them -----------------------------------------------------------------
def _tsvector(terms: str) -> str:
    places: dict[str, list[str]] = {}
    for place, term in enumerate(terms.split(), start=1):
        places.setdefault(term, []).append(str(min(place, MAX_POSITION)))
    return " ".join(f"'{term}':{','.join(found)}" for term, found in places.items())


def _tsquery(wanted: Wanted) -> str:
    def phrase(one: Phrase) -> str:
        return " <-> ".join(f"'{term}'" for term in one.terms) + (":*" if one.is_prefix else "")

    scopes = " | ".join(f"'{SCOPE}{key}'" for key in wanted.scopes)
    return " & ".join([f"({scopes})", *(f"({phrase(one)})" for one in wanted.query.phrases)])


def _fts5(wanted: Wanted) -> str:
    def phrase(one: Phrase) -> str:
        return f'"{" ".join(one.terms)}"' + (" *" if one.is_prefix else "")

    scopes = " OR ".join(f'"{SCOPE}{key}"' for key in wanted.scopes)
    return " AND ".join([f"({scopes})", *(phrase(one) for one in wanted.query.phrases)])


# --- The indexes ---------------------------------------------------------------------------------
def _index_of(model: type[models.Model]) -> str:
    return f"{model._meta.db_table}_index"


def searched_models() -> list[type[models.Model]]:
    """Return the models that have terms."""
    return [
        model
        for model in apps.get_models()
        if any(isinstance(field, TermsField) for field in model._meta.local_fields)
    ]


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the index of each model whose table is there and whose index is not whole."""
    with connection.cursor() as cursor:
        for model in searched_models():
            columns = _columns(connection, cursor, model._meta.db_table)
            if "terms" in columns:
                install_one = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
                install_one(cursor, model)


def _columns(connection: Any, cursor: Any, table: str) -> set[str]:
    """The columns of a table; none where it is not there yet, half way through the migrations."""
    if table not in connection.introspection.table_names(cursor):
        return set()
    return {one.name for one in connection.introspection.get_table_description(cursor, table)}


def _on_postgresql(cursor: Any, model: type[models.Model]) -> None:
    table = model._meta.db_table
    cursor.execute(
        f'CREATE INDEX IF NOT EXISTS "{_index_of(model)}" ON "{table}" USING gin (terms)'
    )


def _on_sqlite(cursor: Any, model: type[models.Model]) -> None:
    """Migrations make a table of SQLite anew to alter it: its triggers are gone with the old."""
    index, table = _index_of(model), model._meta.db_table
    cursor.execute(
        "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{index}%"]
    )
    triggers = dict(_triggers(model))
    if cursor.fetchone()[0] == len(triggers):
        return
    # The terms hold letters, digits and marks alone: they are cut at the spaces.
    cursor.execute(
        f'CREATE VIRTUAL TABLE IF NOT EXISTS "{index}" USING fts5'
        f"(terms, content='{table}', content_rowid='id', tokenize='ascii', prefix='3')"
    )
    for name, statement in triggers.items():
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        cursor.execute(statement)
    cursor.execute(_rebuild(model, "sqlite"))


def make_anew(connection: BaseDatabaseWrapper, model: type[models.Model]) -> None:
    """Make the index of this model anew from its terms."""
    with connection.cursor() as cursor:
        cursor.execute(_rebuild(model, connection.vendor))


def _rebuild(model: type[models.Model], vendor: str) -> str:
    index = _index_of(model)
    if vendor == "sqlite":
        return f'INSERT INTO "{index}"("{index}") VALUES (\'rebuild\')'
    return f'REINDEX INDEX "{index}"'


def _triggers(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    index, table = _index_of(model), model._meta.db_table
    add = f'INSERT INTO "{index}"(rowid, terms) VALUES (NEW.id, NEW.terms);'
    remove = (
        f'INSERT INTO "{index}"("{index}", rowid, terms) VALUES (\'delete\', OLD.id, OLD.terms);'
    )
    for event, when, body in (
        ("insert", "INSERT", add),
        ("delete", "DELETE", remove),
        ("update", "UPDATE OF terms", remove + add),
    ):
        name = f"{index}_{event}"
        yield name, f'CREATE TRIGGER "{name}" AFTER {when} ON "{table}" BEGIN {body} END'


def write_terms_anew(model: type[models.Model]) -> Iterator[bool]:
    """Write the terms of each row that has others than its words; yield whether it had.

    Each row is written for itself, and only where its words are still those that were read.
    """
    field = model._meta.get_field("terms")
    assert isinstance(field, TermsField)  # noqa: S101 - a model that is searched
    rows = model._base_manager.order_by("pk")
    for row in rows.defer("terms").iterator(chunk_size=BATCH):
        as_read = {"pk": row.pk, field.source: getattr(row, field.source)}
        terms = field.terms_of(row)
        with transaction.atomic():
            yield bool(
                model._base_manager.filter(**as_read).exclude(terms=terms).update(terms=terms)
            )
