"""The audit log is append-only, whoever asks: triggers in the database refuse the rest.

Used by the migration, and by tests, whose clean-up must lift the triggers and set them again.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "discussions_decision"
MESSAGE = "The audit log is append-only."

SQLITE = [
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{event.lower()} BEFORE {event} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for event in ("UPDATE", "DELETE")
]
SQLITE_LIFT = [f"DROP TRIGGER IF EXISTS {TABLE}_no_{event}" for event in ("update", "delete")]
POSTGRESQL = [
    f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; "
    f"END $$",
    f"DROP TRIGGER IF EXISTS {TABLE}_append_only ON {TABLE}",
    f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"DROP TRIGGER IF EXISTS {TABLE}_not_emptied ON {TABLE}",
    f"CREATE TRIGGER {TABLE}_not_emptied BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
]
POSTGRESQL_LIFT = [
    f"DROP TRIGGER IF EXISTS {TABLE}_{name} ON {TABLE}" for name in ("append_only", "not_emptied")
]


def protect(connection: BaseDatabaseWrapper) -> None:
    """Make the database refuse changes to rows of the log."""
    _run(connection, POSTGRESQL if connection.vendor == "postgresql" else SQLITE)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Let rows be changed again; for a migration backwards, and for tests."""
    _run(connection, POSTGRESQL_LIFT if connection.vendor == "postgresql" else SQLITE_LIFT)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
