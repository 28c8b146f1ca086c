"""Where everything is kept: a port, its memory twin, SQLite and PostgreSQL. Nothing is imported before it is needed."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from complaintkit.store.memory import MemoryStore
    from complaintkit.store.sql import SqlStore, open_store

__all__ = ["MemoryStore", "SqlStore", "open_store"]


def __getattr__(name: str) -> Any:
    """Import a name when it is first asked for: SQLAlchemy is heavy, and plugins never need it."""
    if name == "MemoryStore":
        from complaintkit.store.memory import MemoryStore

        return MemoryStore
    if name in ("SqlStore", "open_store"):
        from complaintkit.store import sql

        return getattr(sql, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
