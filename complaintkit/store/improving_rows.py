"""Improvements to rows and back. What is made of parts stands in one column each; sealed texts stand apart."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, get_type_hints

from attrs import frozen

from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import Content
from complaintkit.codec import load_part
from complaintkit.errors import StoreError
from complaintkit.improving.improvement import Improvement
from complaintkit.store.rows import Mapper, Row, mapper, parted
from complaintkit.store.tables import Tables, fields_of, plain_type
from complaintkit.store.texts import key

_HINTS: Final = {name: plain_type(hint)[0] for name, hint in get_type_hints(Improvement).items()}
SEALED: Final = tuple(name for name in fields_of(Improvement) if _HINTS[name] is Content)
PARTS: Final = tuple(name for name in fields_of(Improvement) if parted(_HINTS[name]))
LINKED: Final = ("complaints", "causes", "categories", "improvements")


@frozen
class ImprovementMapper:
    """The mapper of improvements on one engine."""

    plain: Mapper[Improvement]

    def row(self, improvement: Improvement) -> Row:
        """Return the values of a row."""
        return self.plain.row(improvement)

    def value(self, row: Sequence[Any], contents: Mapping[str, Content]) -> Improvement:
        """Return the improvement again.

        Args:
            row: The values of the columns, in order; what follows them is ignored.
            contents: Its sealed texts, by digest; one that is missing reads as erased.

        Raises:
            StoreError: A part of it cannot be read.
        """
        given = dict(zip(self.plain.columns, row, strict=False))
        sealed = {
            name: None if given[name] is None else contents.get(given[name], Content(given[name])) for name in SEALED
        }
        parts = {
            name: None if given[name] is None else load_part(_HINTS[name], given[name], contents) for name in PARTS
        }
        return self.plain.value(row, **sealed, **parts)


@lru_cache(maxsize=32)
def improvement_mapper(tables: Tables, dialect: str) -> ImprovementMapper:
    """Return the mapper of an engine, checked against the table.

    Raises:
        StoreError: The class and its table differ.
    """
    made = ImprovementMapper(mapper(Improvement, dialect))
    wanted, columns = (*made.plain.columns, "head"), tuple(tables.improvement.c.keys())
    if columns != wanted:
        raise StoreError(f"table {tables.improvement.name} has the columns {columns}, the class wants {wanted}")
    return made


def links_of(improvement: Improvement) -> Iterator[tuple[str, str, str]]:
    """Yield what an improvement belongs to: reference, what it is, and its code or reference."""
    for what in LINKED:
        codes = dict.fromkeys(map(key, getattr(improvement, what)))
        yield from ((improvement.reference, what, code) for code in codes)


def causes_of(case: Complaint) -> tuple[str, ...]:
    """Return the codes of the causes that are known of a complaint, each once."""
    return tuple(dict.fromkeys(one.cause for one in case.learning.causes))
