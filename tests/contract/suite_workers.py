"""What both databases do when several processes work on them at once."""

import pytest

from complaintkit.store import SqlStore
from tests.contract import workers
from tests.contract.cases import LEASE, NOON, REFERENCE, item, notice, opening, write

EDITS = 100
ITEMS = 500


class WorkerSuite:
    """Nothing is lost and nothing is done twice, however many work at once."""

    def url(self, store: SqlStore) -> str:
        """Return where the store is."""
        return store.engine.url.render_as_string(hide_password=False)

    @pytest.mark.slow
    def test_no_edit_is_lost(self, store: SqlStore) -> None:
        """Four processes change one case a hundred times each: every note is on file, once and in a whole chain."""
        write(store, opening())
        stale = workers.together(workers.edit, self.url(store), store.tables.schema, EDITS)
        words = [str(filed.entry.text) for filed in store.file(REFERENCE)[3:]]  # type: ignore[attr-defined]
        assert sorted(f"worker {who} {number}" for who in range(4) for number in range(EDITS)) == sorted(words)
        assert 3 + 4 * EDITS == store.case(REFERENCE).version
        assert [] == list(store.verify())
        assert sum(stale) > 0, "they never met: the test shows nothing"

    @pytest.mark.slow
    def test_nothing_is_claimed_twice(self, store: SqlStore) -> None:
        """Eight workers in four processes share out notices and envelopes: each goes to exactly one."""
        with store.begin() as unit:
            for number in range(ITEMS):
                unit.add_notice(notice(f"n-{number}"))
                unit.keep(item(number), NOON, LEASE)
        shares = workers.together(workers.claim, self.url(store), store.tables.schema)
        claimed = [one for share in shares for one in share]
        wanted = [("notice", f"n-{number}") for number in range(ITEMS)]
        wanted += [("envelope", str(number)) for number in range(1, ITEMS + 1)]
        assert sorted(wanted) == sorted(claimed)
        assert sum(map(bool, shares)) > 1, "one of them got everything: the test shows nothing"
