"""What both databases do inside a host's transaction, beside its tables, and beside another kit."""

from collections.abc import Iterator

import attrs
import pytest
import sqlalchemy as sa

from complaintkit.errors import NotFound, Stale, StoreError
from complaintkit.message import Delivery
from complaintkit.store import SqlStore, migrations
from complaintkit.store.port import Filter
from complaintkit.store.tables import tables
from tests.contract.cases import LEASE, NOON, REFERENCE, item, note, opening, step, write


class HostSuite:
    """Inside a host's transaction we never commit, and fail without spoiling it.

    A subclass gives `host_engine`: an engine as a host would make it, on the store's database.
    """

    @pytest.fixture
    def orders(self, store: SqlStore, host_engine: sa.Engine) -> sa.Table:
        """Return a table of the host's own."""
        table = sa.Table(
            "orders", sa.MetaData(schema=store.tables.schema), sa.Column("number", sa.Integer, primary_key=True)
        )
        table.create(host_engine)
        return table

    def numbers(self, host_engine: sa.Engine, orders: sa.Table) -> list[int]:
        """Return what the host has committed."""
        with host_engine.connect() as connection:
            return list(connection.scalars(sa.select(orders.c.number).order_by(orders.c.number)))

    def test_the_hosts_rollback_takes_our_rows_back(
        self, store: SqlStore, host_engine: sa.Engine, orders: sa.Table
    ) -> None:
        """Nothing of ours outlives the host's transaction, whether the host wrote before us or only read."""
        for writes_first in (True, False):
            with host_engine.connect() as connection:
                connection.execute(orders.insert() if writes_first else sa.select(orders))
                bound = store.bound(connection)
                with bound.begin() as unit:
                    kept = unit.keep(item(), NOON, LEASE)
                    unit.write(opening(envelope=kept.number))
                write(bound, step(bound.case(REFERENCE), note()))
                assert 4 == bound.case(REFERENCE).version
                connection.rollback()
            assert 0 == store.figures().envelopes == store.figures().complaints
            assert [] == self.numbers(host_engine, orders)

    def test_the_host_commits_both(self, store: SqlStore, host_engine: sa.Engine, orders: sa.Table) -> None:
        """Until the host commits nobody else sees our rows; then everybody sees both."""
        with host_engine.connect() as connection:
            write(store.bound(connection), opening())
            with pytest.raises(NotFound):
                store.case(REFERENCE)
            connection.execute(orders.insert())
            connection.commit()
        assert 3 == store.case(REFERENCE).version
        assert [1] == self.numbers(host_engine, orders)

    def test_our_failure_leaves_the_hosts_rows(self, store: SqlStore, host_engine: sa.Engine, orders: sa.Table) -> None:
        """What we refuse is gone, what the host wrote before and after can be committed."""

        def refused(bound: SqlStore) -> None:
            with bound.begin() as unit:
                unit.keep(item(), NOON, LEASE)
                unit.settle_notice("n-1", Delivery("failed"))

        write(store, opening())
        with host_engine.connect() as connection:
            connection.execute(orders.insert())
            bound = store.bound(connection)
            with pytest.raises(Stale):
                write(bound, opening())
            with pytest.raises(StoreError):
                refused(bound)
            connection.execute(orders.insert())
            connection.commit()
        assert [1, 2] == self.numbers(host_engine, orders)
        assert (0, 1) == (store.figures().envelopes, store.figures().complaints)

    def test_a_database_error_of_ours_leaves_the_hosts_rows(
        self, store: SqlStore, host_engine: sa.Engine, orders: sa.Table
    ) -> None:
        """Even an error that the database itself raises is confined to our savepoint, and comes out as ours."""
        with host_engine.connect() as connection:
            connection.execute(orders.insert())
            bound = store.bound(connection)

            def overflow() -> None:
                with bound.begin() as unit:
                    unit.keep(item(), NOON, LEASE)
                    unit.write(attrs.evolve(opening(), envelope=2**70))

            with pytest.raises(StoreError, match="the database refused"):
                overflow()
            connection.commit()
        assert [1] == self.numbers(host_engine, orders)
        assert 0 == store.figures().envelopes

    def test_everything_reads_on_the_hosts_connection(self, store: SqlStore, host_engine: sa.Engine) -> None:
        """Lists, counts, files and verification see what the host has not committed yet."""
        with host_engine.connect() as connection:
            bound = store.bound(connection)
            write(bound, opening())
            assert 1 == bound.figures().complaints == len(bound.cases(Filter()))
            assert 3 == len(bound.file(REFERENCE))
            assert [] == list(bound.verify())
            assert store.secret() == bound.secret()
            connection.rollback()
        assert () == store.cases(Filter())

    def test_a_connection_that_commits_by_itself_is_refused(self, store: SqlStore, host_engine: sa.Engine) -> None:
        """In autocommit nothing could be rolled back, so nothing is begun."""
        engine = host_engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection, pytest.raises(StoreError, match="AUTOCOMMIT"):
            write(store.bound(connection), opening())
        assert 0 == store.figures().complaints

    def test_a_hosts_engine_serves_as_well_as_ours(self, store: SqlStore, host_engine: sa.Engine) -> None:
        """On an engine of the host, units are transactions of their own."""
        theirs = SqlStore(host_engine, store.tables)
        write(theirs, opening())
        write(theirs, step(store.case(REFERENCE), note()))
        with pytest.raises(Stale):
            write(theirs, opening())
        assert 4 == store.case(REFERENCE).version
        assert [] == list(theirs.verify())
        theirs.close()
        with host_engine.connect() as connection:
            assert 1 == connection.scalar(sa.select(sa.literal(1)))

    def test_two_kits_share_a_database(self, store: SqlStore) -> None:
        """Another prefix is another kit: its cases, secret and history are its own."""
        other_tables = tables("other_", store.tables.schema)
        migrations.upgrade(store.engine, other_tables)
        other = SqlStore(store.engine, other_tables)
        write(store, opening())
        write(other, opening("CK-TEST-0001"))
        assert [REFERENCE] == [case.reference for case in store.cases(Filter())]
        assert ["CK-TEST-0001"] == [case.reference for case in other.cases(Filter())]
        assert store.secret() != other.secret()
        assert () == migrations.check(store.engine, store.tables) == migrations.check(store.engine, other_tables)

    def test_the_database_refuses_to_change_an_entry(self, store: SqlStore) -> None:
        """Neither update nor delete gets through, whoever sends it; erasing content does."""
        write(store, opening())
        entry, content = store.tables.entry, store.tables.content
        for statement in (sa.update(entry).values(by="bob"), sa.delete(entry)):
            with pytest.raises(sa.exc.DBAPIError, match="never changed or deleted"), store.engine.begin() as connection:
                connection.execute(statement)
        with store.engine.begin() as connection:
            assert connection.execute(sa.update(content).values(text=None, salt="")).rowcount == 3
        assert [] == list(store.verify())


def disposing(engine: sa.Engine) -> Iterator[sa.Engine]:
    """Yield an engine and close it."""
    yield engine
    engine.dispose()
