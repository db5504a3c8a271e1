"""Django's PostgreSQL, which also lets the server plan a statement once for each connection.

The joins that a page asks for take the server longer to plan than to answer. Django writes the
values into each statement, so that no two are alike; what is prepared here (database.prepared)
has the same SQL each time, and sends its values beside it.
"""

from typing import TYPE_CHECKING, Any

from django.db.backends.postgresql import base, operations

if TYPE_CHECKING:
    DjangoWrapper = Any  # its stubs leave out what a backend overrides
    DjangoOperations = Any
else:
    DjangoWrapper, DjangoOperations = base.DatabaseWrapper, operations.DatabaseOperations


class DatabaseOperations(DjangoOperations):  # type: ignore[misc]
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str | None:
        """The statement with its values in it, for who debugs: of one that is prepared, too."""
        said = super().last_executed_query(cursor, sql, params)
        return said if said is not None else str(self.compose_sql(sql, params))


class DatabaseWrapper(DjangoWrapper):  # type: ignore[misc]
    ops_class = DatabaseOperations

    def prepared_cursor(self) -> Any:
        """A cursor for statements that are asked again and again with other values.

        From OPTIONS["prepare_threshold"] times on, the server keeps their plans; None: never.
        """
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor: Any = base.ServerBindingCursor  # its stubs know no connection
            return self._prepare_cursor(cursor(self.connection))
