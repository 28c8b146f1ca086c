"""Somebody who changes stored data behind the store's back, as only an attacker or a fault would."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from attrs import evolve

from complaintkit.store import MemoryStore, SqlStore
from tests.contract.cases import REFERENCE


class SqlTamper:
    """Changes rows, after taking away what guards them."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.tables = store.tables

    @contextmanager
    def connected(self) -> Iterator[sa.Connection]:
        """Give a connection on which nothing is guarded."""
        with self.store.engine.begin() as connection:
            for entry in (self.tables.entry, self.tables.improvement_entry):
                if connection.dialect.name == "sqlite":
                    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {entry.name}_no_update")
                    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {entry.name}_no_delete")
                else:
                    connection.execute(sa.text(f'ALTER TABLE "{entry.schema}".{entry.name} DISABLE TRIGGER USER'))
            yield connection

    def _change(self, table: sa.Table, *conditions: Any, **values: Any) -> None:
        with self.connected() as connection:
            assert 1 == connection.execute(sa.update(table).where(*conditions).values(**values)).rowcount

    def _delete(self, table: sa.Table, *conditions: Any) -> None:
        with self.connected() as connection:
            assert 1 == connection.execute(sa.delete(table).where(*conditions)).rowcount

    def _entry(self, seq: int) -> tuple[Any, Any]:
        column = self.tables.entry.c
        return column.reference == REFERENCE, column.seq == seq

    def entry(self, seq: int, **values: Any) -> None:
        """Change columns of an entry."""
        self._change(self.tables.entry, *self._entry(seq), **values)

    def delete_entry(self, seq: int) -> None:
        """Take an entry away."""
        self._delete(self.tables.entry, *self._entry(seq))

    def swap(self, one: int, other: int) -> None:
        """Let two entries change places."""
        for before, after in ((one, -1), (other, one), (-1, other)):
            self._change(self.tables.entry, *self._entry(before), seq=after)

    def complaint(self, **values: Any) -> None:
        """Change columns of the complaint."""
        self._change(self.tables.complaint, self.tables.complaint.c.reference == REFERENCE, **values)

    def clock(self, position: int, **values: Any) -> None:
        """Change columns of a clock."""
        column = self.tables.clock.c
        self._change(self.tables.clock, column.reference == REFERENCE, column.position == position, **values)

    def content(self, digest: str, **values: Any) -> None:
        """Change columns of a content."""
        self._change(self.tables.content, self.tables.content.c.digest == digest, **values)

    def delete_content(self, digest: str) -> None:
        """Take a content away."""
        self._delete(self.tables.content, self.tables.content.c.digest == digest)

    def improvement(self, **values: Any) -> None:
        """Change columns of the only improvement."""
        self._change(self.tables.improvement, **values)

    def improvement_entry(self, seq: int, **values: Any) -> None:
        """Change columns of an entry of the only improvement."""
        self._change(self.tables.improvement_entry, self.tables.improvement_entry.c.seq == seq, **values)

    def improvement_content(self, digest: str, **values: Any) -> None:
        """Change columns of a content of the only improvement."""
        self._change(self.tables.improvement_content, self.tables.improvement_content.c.digest == digest, **values)

    def envelope(self, **values: Any) -> None:
        """Change columns of the envelope."""
        self._change(self.tables.envelope, self.tables.envelope.c.number == 1, **values)

    def attachment(self, data: bytes) -> None:
        """Change the bytes of the attachment."""
        self._change(self.tables.attachment, data=data)

    def delete_attachment(self) -> None:
        """Take the attachment away."""
        self._delete(self.tables.attachment)


class MemoryTamper:
    """Changes the dictionaries of a memory store."""

    def __init__(self, store: MemoryStore) -> None:
        self.state = store.state

    def entry(self, seq: int, **values: Any) -> None:
        """Change columns of an entry."""
        links = self.state.links[REFERENCE]
        self.state.links[REFERENCE] = tuple(evolve(link, **values) if link.seq == seq else link for link in links)

    def delete_entry(self, seq: int) -> None:
        """Take an entry away."""
        self.state.links[REFERENCE] = tuple(link for link in self.state.links[REFERENCE] if link.seq != seq)

    def swap(self, one: int, other: int) -> None:
        """Let two entries change places."""
        places = {one: other, other: one}
        links = [evolve(link, seq=places.get(link.seq, link.seq)) for link in self.state.links[REFERENCE]]
        self.state.links[REFERENCE] = tuple(sorted(links, key=lambda link: link.seq))

    def complaint(self, **values: Any) -> None:
        """Change fields of the complaint."""
        if "stage" in values:
            values["stage"] = type(self.state.complaints[REFERENCE].stage)(values["stage"])
        self.state.complaints[REFERENCE] = evolve(self.state.complaints[REFERENCE], **values)

    def clock(self, position: int, **values: Any) -> None:
        """Change fields of a clock."""
        clocks = list(self.state.complaints[REFERENCE].clocks)
        clocks[position] = evolve(clocks[position], **values)
        self.complaint(clocks=tuple(clocks))

    def content(self, digest: str, **values: Any) -> None:
        """Change a content."""
        contents = self.state.contents[REFERENCE]
        contents[digest] = evolve(contents[digest], **values)

    def delete_content(self, digest: str) -> None:
        """Take a content away."""
        del self.state.contents[REFERENCE][digest]

    def improvement(self, **values: Any) -> None:
        """Change fields of the only improvement."""
        (reference,) = self.state.improvements
        self.state.improvements[reference] = evolve(self.state.improvements[reference], **values)

    def improvement_entry(self, seq: int, **values: Any) -> None:
        """Change columns of an entry of the only improvement."""
        (reference,) = self.state.improvements
        links = self.state.improvement_links[reference]
        changed = tuple(evolve(link, **values) if link.seq == seq else link for link in links)
        self.state.improvement_links[reference] = changed

    def improvement_content(self, digest: str, **values: Any) -> None:
        """Change a content of the only improvement."""
        (contents,) = self.state.improvement_contents.values()
        contents[digest] = evolve(contents[digest], **values)

    def envelope(self, **values: Any) -> None:
        """Change the envelope on file."""
        kept = self.state.envelopes[1]
        if "raw" in values:
            kept = evolve(kept, envelope=evolve(kept.envelope, raw=values.pop("raw")))
        self.state.envelopes[1] = evolve(kept, **values)

    def attachment(self, data: bytes) -> None:
        """Change the bytes of the attachment."""
        (digest,) = self.state.attachments
        self.state.attachments[digest] = data

    def delete_attachment(self) -> None:
        """Take the attachment away."""
        self.state.attachments.clear()
