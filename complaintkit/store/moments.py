"""Moments in the database: with time zone where there is such a type, as text of one width where there is none."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator, TypeEngine

from complaintkit.checks import utc


@lru_cache(maxsize=1024)  # one step of a case names the same few moments some twenty times
def to_text(moment: datetime) -> str:
    """Return a moment as text that sorts like the moments: UTC, always to the microsecond."""
    if moment.tzinfo is not UTC:
        if moment.tzinfo is None:
            raise ValueError(f"{moment.isoformat()} has no time zone: it could be anywhere")
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="microseconds")[:26] + "Z"


from_text = datetime.fromisoformat


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, the same on every engine.

    SQLite has no type for it and SQLAlchemy's own drops the zone; there it is text such as
    `2026-01-05T12:00:00.000000Z`, which compares, sorts and is read by people alike.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        """Return the type of the engine."""
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        """Return what is stored."""
        if value is None or dialect.name != "sqlite":
            return value
        return to_text(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        """Return the moment, in UTC."""
        if value is None:
            return None
        return from_text(value) if dialect.name == "sqlite" else utc(value)
