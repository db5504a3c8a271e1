"""A SQLite that is safe to keep people's words in.

Versions before 3.51.3 can corrupt a database when the write-ahead log is
reset (https://sqlite.org/wal.html#walresetbug). Where the system's library is older, the
`pysqlite3` wheel, which carries its own, takes its place. This must run
before Django imports `sqlite3`.
"""

import sqlite3
import sys
from importlib import import_module

SAFE_VERSION = (3, 51, 3)


def use_safe_sqlite() -> tuple[int, int, int]:
    """Make `import sqlite3` yield a safe version; return the version in use."""
    if sqlite3.sqlite_version_info >= SAFE_VERSION:
        return sqlite3.sqlite_version_info
    try:
        newer = import_module("pysqlite3")
        newer_dbapi = import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3.sqlite_version_info
    sys.modules["sqlite3"] = newer
    sys.modules["sqlite3.dbapi2"] = newer_dbapi
    version: tuple[int, int, int] = newer_dbapi.sqlite_version_info
    return version
