"""Statements whose SQL is worked out once, for the few that every page asks and every post writes.

Django works a queryset's SQL out anew each time: for a join of three tables half a millisecond,
ten times what SQLite takes to answer it. A prepared query keeps the SQL and what turns rows into
models; each call fills in the values. So do a prepared insert and a prepared update.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Sized
from typing import Any, Generic, TypeVar

from django.db import connections, transaction
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import RelatedPopulator
from django.db.models.sql import InsertQuery, UpdateQuery

M = TypeVar("M", bound=Model)
SIZES_KEPT = 20  # powers of two for which a query with a list is kept


# No column holds larger numbers, of any database that this runs on.
_MOST = 2**63 - 1


class _OutOfRange(ValueError):
    """A number that no row has."""


class Parameter(Expression):
    """A value that is named when the query is made, and given when it is asked.

    It stands where a value would, as in `filter(slug=Parameter("slug", SlugField()))`, and is
    never None: SQL compares with NULL in another way.
    """

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name
        self.key = (name, type(output_field))  # of what is given for it: one query names it often

    def as_sql(self, compiler: Any, connection: Any) -> Any:  # noqa: ARG002 - Django's own
        return "%s", [self]

    def given(self, values: dict[str, Any], connection: Any) -> Any:
        value = values[self.name]
        if isinstance(value, int) and abs(value) > _MOST:
            raise _OutOfRange
        return self.output_field.get_db_prep_value(value, connection)


def listed(name: str, output_field: "Field[Any, Any]", size: int) -> list[Any]:
    """Stand for so many values in a query, as in `filter(pk__in=listed("pk", KEY, size))`.

    A query is prepared for each power of two: `filled` repeats a value up to the next.
    """
    return [Parameter(f"{name}{place}", output_field) for place in range(size)]


def size_for(values: Sized) -> int:
    """Return for how many values the query is prepared that takes these."""
    return 1 << (len(values) - 1).bit_length() if values else 1


def filled(name: str, values: Collection[Any]) -> dict[str, Any]:
    """Name these values as `listed` does; at least one."""
    last = None
    named: dict[str, Any] = {}
    for place, last in enumerate(values):
        named[f"{name}{place}"] = last
    return named | {f"{name}{place}": last for place in range(len(values), size_for(values))}


def prepared_cursor(connection: Any) -> Any:
    """A cursor of a backend of ours for a statement that is asked again and again."""
    return connection.prepared_cursor()


def as_instance(model: type[M], alias: str, names: Iterable[str], values: Iterable[Any]) -> M:
    """Return a row as its model, as `Model.from_db` does; columns that are not named are deferred.

    Four times as fast, as it calls no __init__ and sends no signals about it.
    """
    instance = model.__new__(model)
    instance._state = state = ModelState()
    state.adding, state.db = False, alias
    instance.__dict__.update(zip(names, values, strict=True))
    return instance


def _given(parameters: Iterable[Any], values: dict[str, Any], connection: Any) -> list[Any]:
    known: dict[tuple[str, type], Any] = {}
    given = []
    for each in parameters:
        if not isinstance(each, Parameter):
            given.append(each)
        elif each.key in known:
            given.append(known[each.key])
        else:
            value = known[each.key] = each.given(values, connection)
            given.append(value)
    return given


def _with_literals(sql: str, parameters: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
    """Write the words that never change, such as a kind or a state, into the SQL itself.

    SQLite compiles a statement anew for each value that it compares with what a partial index asks
    of the same column (`sqlite3_prepare_v2`, of bound parameters): once is what this is for. And
    PostgreSQL's plan for all values knows how rare a word is.
    """
    first, *others = sql.split("%s")
    if len(others) != len(parameters):  # a percent sign before an s
        return sql, tuple(parameters)
    pieces, left = [first], []
    for value, text in zip(parameters, others, strict=True):
        if isinstance(value, str) and _PLAIN.fullmatch(value):
            pieces.append(f"'{value}'{text}")
        else:
            left.append(value)
            pieces.append(f"%s{text}")
    return "".join(pieces), tuple(left)


_PLAIN = re.compile(r"[a-z_]*")  # words of ours, with nothing that any database reads otherwise


def _converters(compiler: Any) -> list[tuple[int, Any, Any]]:
    """What turns values of the database into those of fields: (column, converter, expression)."""
    expressions = [column[0] for column in compiler.select[: compiler.col_count]]
    return [
        (place, converter, expression)
        for place, (converters, expression) in compiler.get_converters(expressions).items()
        for converter in converters
    ]


def _rows(
    alias: str,
    sql: str,
    parameters: Iterable[Any],
    converters: list[tuple[int, Any, Any]],
    values: dict[str, Any],
) -> Iterator[list[Any]]:
    """Ask the database, and yield its rows with the values of fields.

    None where a number is larger than any row’s: it came with an address.
    """
    connection = connections[alias]
    try:
        given = _given(parameters, values, connection)
    except _OutOfRange:
        return
    with prepared_cursor(connection) as cursor:
        cursor.execute(sql, given)
        rows = cursor.fetchall()
    for row in map(list, rows):
        for place, converter, expression in converters:
            row[place] = converter(row[place], expression, connection)
        yield row


class _Plan:
    """What Django works out about one queryset: its SQL, and how rows become models."""

    def __init__(self, queryset: "QuerySet[Any]") -> None:
        self.alias = queryset.db
        compiler = queryset.query.get_compiler(using=self.alias)
        self.sql, self.parameters = _with_literals(*compiler.as_sql())
        found: Any = compiler  # its stubs leave out what as_sql() has found
        shape, select = found.klass_info, found.select
        first, last = shape["select_fields"][0], shape["select_fields"][-1] + 1
        self.model = shape["model"]
        self.columns = slice(first, last)
        self.names = [column[0].target.attname for column in select[first:last]]
        populator: Any = RelatedPopulator  # its stubs are another Django's
        self.related = [
            populator(each, select, self.alias) for each in shape.get("related_klass_infos", [])
        ]
        self.annotations = list(found.annotation_col_map.items())
        self.converters = _converters(found)

    def run(self, values: dict[str, Any]) -> Iterator[Any]:
        for row in _rows(self.alias, self.sql, self.parameters, self.converters, values):
            instance = as_instance(self.model, self.alias, self.names, row[self.columns])
            for populator in self.related:
                populator.populate(row, instance)
            for name, place in self.annotations:
                setattr(instance, name, row[place])
            yield instance


class PreparedQuery(Generic[M]):
    """A queryset of models, made once by `make` with a `Parameter` for each value.

    It may use `select_related` and `annotate`; `prefetch_related`, `values` and slices by a
    parameter are not for it.
    """

    def __init__(self, make: Callable[[], "QuerySet[M]"]) -> None:
        self._make = make
        self._plan: _Plan | None = None  # the models are not there yet when a module is read

    def all(self, **values: Any) -> list[M]:
        """The models for these values, each under its parameter's name."""
        plan = self._plan
        if plan is None:
            plan = self._plan = _Plan(self._make())
        return list(plan.run(values))

    def first(self, **values: Any) -> M | None:
        """The first of them, or None."""
        return next(iter(self.all(**values)), None)


class PreparedRows:
    """A queryset of `values_list`, made once by `make` with a `Parameter` for each value.

    It may use aggregates.
    """

    def __init__(self, make: Callable[[], "QuerySet[Any, Any]"]) -> None:
        self._make = make
        self._plan: tuple[str, str, tuple[Any, ...], list[tuple[int, Any, Any]]] | None = None

    def all(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values, each a tuple in the order of `values_list`."""
        self._plan = self._plan or self._planned()
        return list(map(tuple, _rows(*self._plan, values)))

    def _planned(self) -> tuple[str, str, tuple[Any, ...], list[tuple[int, Any, Any]]]:
        queryset = self._make()
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, parameters = _with_literals(*compiler.as_sql())
        found: Any = compiler  # its stubs leave out what as_sql() has found
        return queryset.db, sql, parameters, _converters(found)


class PreparedUpdate:
    """An update of the rows of a queryset, both made once by `make`.

    The rows are of one table, and what they are set to is a `Parameter`, an F() or a value.
    """

    def __init__(self, make: Callable[[], "tuple[QuerySet[Any], dict[str, Any]]"]) -> None:
        self._make = make
        self._plan: tuple[str, str, tuple[Any, ...]] | None = None

    def run(self, **values: Any) -> int:
        """Update the rows for these values; return how many there were."""
        alias, sql, parameters = self._plan = self._plan or self._planned()
        connection = connections[alias]
        with transaction.mark_for_rollback_on_error(alias), prepared_cursor(connection) as cursor:
            cursor.execute(sql, _given(parameters, values, connection))
            return int(cursor.rowcount)

    def _planned(self) -> tuple[str, str, tuple[Any, ...]]:
        rows, new = self._make()
        query: Any = rows.query.chain(UpdateQuery)
        query.add_update_values(new)
        sql, parameters = _with_literals(*query.get_compiler(using=rows.db).as_sql())
        return rows.db, sql, parameters


class PreparedInsert(Generic[M]):
    """What puts new rows of one model into its table, as `Model.objects.create` does.

    The model sends no signals, overrides no save(), and its key is the database's.
    """

    def __init__(self, model: type[M]) -> None:
        self._model = model
        self._plan: tuple[str, str, list[Field[Any, Any]]] | None = None

    def create(self, **values: Any) -> M:
        """Write a row; return it with its key."""
        instance = self._model(**values)
        alias, sql, fields = self._plan = self._plan or self._planned(instance)
        connection = connections[alias]
        row = [
            field.get_db_prep_save(field.pre_save(instance, add=True), connection)
            for field in fields
        ]
        with transaction.mark_for_rollback_on_error(alias), prepared_cursor(connection) as cursor:
            cursor.execute(sql, row)
            (instance.pk,) = cursor.fetchone()
        instance._state.adding, instance._state.db = False, alias
        return instance

    def _planned(self, instance: M) -> tuple[str, str, list["Field[Any, Any]"]]:
        options: Any = self._model._meta
        fields = [field for field in options.local_concrete_fields if not field.primary_key]
        query: Any = InsertQuery(self._model)
        query.insert_values(fields, [instance])
        alias = self._model._base_manager.db
        compiler = query.get_compiler(using=alias)
        compiler.returning_fields = [options.pk]
        compiler.returning_params = ()
        ((sql, _),) = compiler.as_sql()
        return alias, sql, fields
