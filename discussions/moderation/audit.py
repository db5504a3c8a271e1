"""The audit log is append-only, whoever asks: triggers in the database refuse the rest.

One thing takes entries out of it: the deletion of their whole seminar, which is itself recorded.
They go only in the transaction that does one that is due (seminars.models.SeminarDeletion).

Used by the migration, and by tests, whose clean-up must lift the triggers and set them again.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "discussions_decision"
MESSAGE = "The audit log is append-only."

DELETIONS = "seminars_seminardeletion"
IS_DELETED = (
    f"EXISTS (SELECT 1 FROM {DELETIONS} d WHERE d.seminar_key = OLD.seminar_id "  # noqa: S608
    "AND d.begun_at >= d.due_at AND d.finished_at IS NULL AND d.taken_back_at IS NULL)"
)


def _sqlite(*, may_be_deleted: bool) -> list[str]:
    unless = f"WHEN NOT {IS_DELETED} " if may_be_deleted else ""
    return [
        f"DROP TRIGGER IF EXISTS {TABLE}_no_delete",
        *(
            f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{event} BEFORE {event.upper()} ON {TABLE} "
            f"{when}BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            for event, when in (("update", ""), ("delete", unless))
        ),
    ]


SQLITE_LIFT = [f"DROP TRIGGER IF EXISTS {TABLE}_no_{event}" for event in ("update", "delete")]
_RAISE = f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';"
POSTGRESQL = [
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


def _postgresql(*, may_be_deleted: bool) -> list[str]:
    unless = f"IF TG_OP = 'DELETE' THEN IF {IS_DELETED} THEN RETURN OLD; END IF; END IF; "
    refuse = (
        f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {unless if may_be_deleted else ''}{_RAISE} END $$"
    )
    return [refuse, *POSTGRESQL]


def protect(connection: BaseDatabaseWrapper, *, without_deletions: bool = False) -> None:
    """Make the database refuse changes to rows of the log.

    The table of deletions came later than the log: the first migrations know nothing of it.
    """
    with connection.cursor() as cursor:
        there = DELETIONS in connection.introspection.table_names(cursor)
    known = there and not without_deletions
    of = _postgresql if connection.vendor == "postgresql" else _sqlite
    _run(connection, of(may_be_deleted=known))


def lift(connection: BaseDatabaseWrapper) -> None:
    """Let rows be changed again; for a migration backwards, and for tests."""
    _run(connection, POSTGRESQL_LIFT if connection.vendor == "postgresql" else SQLITE_LIFT)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
