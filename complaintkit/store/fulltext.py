"""The index over the words of precedents: FTS5 on SQLite, a GIN index over a tsvector on PostgreSQL.

Both index the words as they were cut by `complaintkit.words`, and cut nothing themselves: FTS5 at spaces only, for its
`ascii` tokenizer takes every sign beyond ASCII for a letter; the tsvector is made of an array and not by a parser.
"""

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa
from sqlalchemy import event

VECTOR: Final = "array_to_tsvector(string_to_array(words, ' '))"
_SHADOWS: Final = ("data", "idx", "config")


def text_table(name: str) -> str:
    """Return the name of SQLite's index over a table of precedents."""
    return f"{name}_text"


def own_tables(name: str) -> frozenset[str]:
    """Return the names of the tables that SQLite's index over a table of precedents consists of."""
    text = text_table(name)
    return frozenset({text, *(f"{text}_{shadow}" for shadow in _SHADOWS)})


def parts(name: str) -> frozenset[str]:
    """Return by which names of tables or indexes the index is known to be there."""
    return frozenset({text_table(name), f"{name}_words"})


def index_words(table: sa.Table) -> None:
    """Create the index together with the table, whoever creates it."""
    for dialect in ("sqlite", "postgresql"):
        for statement in making(table.name, table.schema, dialect):
            event.listen(table, "after_create", _on(dialect, statement))
    for statement in dropping(table.name):
        event.listen(table, "before_drop", _on("sqlite", statement))


def _on(dialect: str, statement: str) -> sa.ExecutableDDLElement:
    return sa.DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]


def making(name: str, schema: str | None, dialect: str) -> Iterator[str]:
    """Yield the statements that make the index, and the triggers that keep it.

    Args:
        name: The table's name; only what `tables` made goes in here.
        schema: Its schema, if it has one.
        dialect: `sqlite` or `postgresql`.
    """
    if dialect == "postgresql":
        place = f'"{schema}".' if schema else ""
        # Without a list of pending entries: a query would have to read through it.
        yield f"CREATE INDEX {name}_words ON {place}{name} USING gin ({VECTOR}) WITH (fastupdate = off)"
        return
    text = text_table(name)
    columns = "rowid, words) VALUES ("
    out = f"INSERT INTO {text} ({text}, {columns}'delete', old.number, old.words)"
    into = f"INSERT INTO {text} ({columns}new.number, new.words)"
    yield (
        f"CREATE VIRTUAL TABLE {text} USING fts5(words, content='{name}', content_rowid='number', tokenize='ascii', "
        "detail='none', columnsize=0)"
    )
    yield f"CREATE TRIGGER {text}_added AFTER INSERT ON {name} BEGIN {into}; END"
    yield f"CREATE TRIGGER {text}_changed AFTER UPDATE OF words ON {name} BEGIN {out}; {into}; END"
    yield f"CREATE TRIGGER {text}_gone AFTER DELETE ON {name} BEGIN {out}; END"


def dropping(name: str) -> Iterator[str]:
    """Yield what is to be dropped on SQLite before the table is."""
    yield f"DROP TABLE IF EXISTS {text_table(name)}"
