"""The line to the database: compiled statements run on the driver's own cursor.

SQLAlchemy's `execute` costs some 50 µs a statement and its results as much again, which is most of what storing a
complaint costs. So statements are built with its Core, compiled once, and run here, on connections from its pool.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache, lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPICursor

from complaintkit.errors import StoreError

Row = Sequence[Any]
_AT_ONCE: Final = 20  # rows; PostgreSQL takes 65,535 parameters, and every number of rows is a statement to prepare
DRIVERS: Final = {"sqlite": ("pysqlite",), "postgresql": ("psycopg",)}


class Line:
    """Runs statements on a connection; on PostgreSQL those of one step travel together."""

    def __init__(self, driver: Any, dialect: str) -> None:
        """Take the driver's own connection; opening, closing and ending transactions stay with its owner."""
        self._driver = driver
        self._batches = dialect == "postgresql"

    @classmethod
    def of(cls, connection: sa.Connection) -> "Line":
        """Return a line on a connection of SQLAlchemy's."""
        return cls(connection.connection.driver_connection, connection.dialect.name)

    def run(self, statement: str, row: Row) -> DBAPICursor:
        """Run a statement; inside `together` the cursor's count is known only after it."""
        cursor: DBAPICursor = self._driver.cursor()
        cursor.execute(statement, row)
        return cursor

    def many(self, statement: str, rows: Sequence[Row]) -> None:
        """Run a statement for each row."""
        if len(rows) == 1:
            self._driver.cursor().execute(statement, rows[0])
        elif rows and self._batches and len(rows) <= _AT_ONCE and statement.startswith("INSERT"):
            self._driver.cursor().execute(_several(statement, len(rows)), [value for row in rows for value in row])
        elif rows:
            self._driver.cursor().executemany(statement, rows)

    def rows(self, statement: str, row: Row = ()) -> list[Any]:
        """Return the rows a query finds."""
        cursor = self._driver.cursor()
        cursor.execute(statement, row)
        found: list[Any] = cursor.fetchall()
        cursor.close()
        return found

    def together(self) -> AbstractContextManager[Any]:
        """Let the statements inside travel in one go where the driver can; what they answer is known after it."""
        return self._driver.pipeline() if self._batches else nullcontext()

    def among(self, values: Iterable[Any]) -> Any:
        """Return values as the one parameter of a condition made by `among`."""
        return list(values) if self._batches else json.dumps(list(values))


@lru_cache(maxsize=256)
def _several(insert: str, rows: int) -> str:
    """Return an insert of one row as one of several: on PostgreSQL a statement costs more than its rows."""
    before, values, rest = insert.partition(" VALUES ")
    end = rest.index(")") + 1
    return before + values + ", ".join([rest[:end]] * rows) + rest[end:]


def check_driver(dialect: sa.Dialect) -> None:
    """Refuse a database or driver that complaintkit is not tested with.

    Raises:
        StoreError: The text names those that it is.
    """
    if dialect.driver not in DRIVERS.get(dialect.name, ()):
        raise StoreError(
            f"a database by {dialect.name}+{dialect.driver} is not supported; "
            "use sqlite:///FILE or postgresql+psycopg://..."
        )


@cache
def by_place(name: str) -> sa.Dialect:
    """Return the dialect of an engine, its parameters given by place."""
    if name == "sqlite":
        return sqlite.dialect(paramstyle="qmark")
    return postgresql.psycopg.dialect(paramstyle="format")  # type: ignore[no-untyped-call]


def compiled(statement: sa.sql.ClauseElement, dialect: sa.Dialect) -> str:
    """Return a statement as text; its parameters are given by place.

    Args:
        statement: The statement.
        dialect: What `by_place` gave.

    Raises:
        AssertionError: A value of the statement itself would be a parameter, which those who run it do not give.
    """
    text = statement.compile(dialect=dialect)
    own = [name for name, value in text.params.items() if value is not None]
    if own:
        raise AssertionError(f"write {own} into the statement as they are: {text}")
    return str(text)


def among(column: sa.ColumnElement[Any], dialect: sa.Dialect, name: str = "among") -> sa.ColumnElement[bool]:
    """Return the condition that a column is one of the values in one parameter, however many they are."""
    if dialect.name == "postgresql":
        return column == sa.any_(sa.bindparam(name, type_=sa.ARRAY(column.type)))
    values = sa.func.json_each(sa.bindparam(name, type_=sa.Text())).table_valued("value")
    return column.in_(sa.select(values.c.value))
