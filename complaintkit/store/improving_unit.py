"""Improvements on their way into a database, and the causes of complaints beside them, to be counted by."""

from typing import TYPE_CHECKING

from complaintkit import codec
from complaintkit.case.parts import Content
from complaintkit.errors import Stale
from complaintkit.store import chain, refusals
from complaintkit.store.chain import Link
from complaintkit.store.improving import Improved
from complaintkit.store.improving_rows import causes_of, links_of
from complaintkit.store.line import Line
from complaintkit.store.port import Written
from complaintkit.store.texts import settled, storable, suspicious

if TYPE_CHECKING:
    from complaintkit.message import Notice
    from complaintkit.store.sql_kit import Kit


class ImprovingUnit:
    """The part of a transaction that writes improvements."""

    _line: Line
    _kit: "Kit"

    def add_notice(self, notice: "Notice") -> None:
        """Put a notice into the outbox, once."""
        raise NotImplementedError

    def improve(self, improved: Improved) -> None:
        """Store one step of one improvement; `Stale` if it is no longer at the version it was read at."""
        refusals.check_improved(improved)
        previous = self._improvement_head(improved)
        links, contents = _filed(improved, previous)
        if any(suspicious(link.data) for link in links) or not all(map(_as_it_is, contents)):
            improved = settled(improved)
            links, contents = _filed(improved, previous)
        reference, sql, line = improved.improvement.reference, self._kit.improving.sql, self._line
        row = (*self._kit.improving.map.row(improved.improvement), links[-1].hash)
        if improved.before:
            changed = line.run(sql.change, (*row[1:], reference, improved.before))
        else:
            changed = line.run(sql.add, row)
        if changed.rowcount == 0:
            raise Stale(reference)
        line.many(sql.add_entry, [self._kit.map.link.row(link) for link in links])
        line.many(sql.add_content, [(reference, one.digest, one.text, one.salt) for one in contents])
        line.many(sql.add_link, list(links_of(improved.improvement)))
        for notice in improved.notices:
            self.add_notice(notice)
        for identifier, delivery in improved.settles:
            told = (delivery.state, storable(delivery.detail), identifier)
            if line.run(self._kit.sql.settle_notice, told).rowcount == 0:
                raise refusals.settled_notice(reference, identifier)

    def _improvement_head(self, improved: Improved) -> str:
        reference = improved.improvement.reference
        if not improved.before:
            return chain.first(reference)
        found = self._line.rows(self._kit.improving.sql.head, (reference, improved.before))
        if not found:
            raise Stale(reference)
        head: str = found[0][0]
        return head

    def send_causes(self, written: Written) -> None:
        """Send the causes that are known of a complaint now, where it has any or had."""
        causes = causes_of(written.case)
        if not causes and not any("cause" in entry.kind for entry in written.entries):
            return
        reference, sql = written.case.reference, self._kit.improving.sql
        self._line.run(sql.drop_causes, (reference,))
        self._line.many(sql.add_cause, [(reference, cause) for cause in causes])


def _filed(improved: Improved, previous: str) -> tuple[list[Link], list[Content]]:
    """Return the entries of a step as links of the chain, and the sealed texts they refer to."""
    links: list[Link] = []
    contents: dict[str, Content] = {}
    for seq, entry in enumerate(improved.entries, improved.before + 1):
        links.append(chain.linked(improved.improvement.reference, seq, previous, entry))
        previous = links[-1].hash
        contents.update((one.digest, one) for one in codec.contents_of(entry))
    return links, list(contents.values())


def _as_it_is(content: Content) -> bool:
    return content.text is None or storable(content.text) is content.text
