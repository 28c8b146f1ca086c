"""A small CRM with its own tables and sessions, which opens complaints inside its own transactions.

Run it with `python examples/embedding/crm.py`. The CRM decides when to commit; complaintkit never does. What needs
plugins (categories, the CRM's own look-ups, notices) happens afterwards, when `work` runs outside of any transaction.
"""

from collections.abc import Iterable
from typing import Any

from attrs import frozen
from sqlalchemy import Engine, ForeignKey, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from complaintkit import (
    Change,
    Customer,
    CustomerQuery,
    CustomerSource,
    Delivery,
    Message,
    Notice,
    Notifier,
    Observer,
    Person,
    hookimpl,
)
from complaintkit.app import ComplaintKit


class Base(DeclarativeBase):
    """The CRM's own tables, beside which those of complaintkit live under a prefix."""


class Client(Base):
    """A customer of the CRM."""

    __tablename__ = "clients"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    tier: Mapped[str]


class Call(Base):
    """A telephone call, and the complaint that came of it."""

    __tablename__ = "calls"
    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    complaint: Mapped[str]


class History(Base):
    """What the CRM shows on a client's page about complaints."""

    __tablename__ = "history"
    id: Mapped[int] = mapped_column(primary_key=True)
    complaint: Mapped[str]
    what: Mapped[str]


@frozen
class Crm:
    """The CRM as a plugin: it says who complains, and hears of what happens. It is handed to the kit as an object."""

    engine: Engine

    @hookimpl
    def complaintkit_customers(self) -> Iterable[CustomerSource]:
        """Look complainants up among the clients."""
        yield CustomerSource("crm", self.find)

    @hookimpl
    def complaintkit_observers(self) -> Iterable[Observer]:
        """Keep the history on the clients' pages."""
        yield Observer("crm-history", self.see)

    @hookimpl
    def complaintkit_notifiers(self) -> Iterable[Notifier]:
        """Send what has to be told; a real CRM would hand it to its mailer."""
        yield Notifier("crm-mailer", ("*",), self.send)

    def send(self, notice: Notice) -> Delivery:
        """Say whom a notice goes to."""
        print(f"To {notice.recipient}: {notice.subject}")
        return Delivery("sent", "handed to the CRM's mailer")

    def find(self, query: CustomerQuery) -> Customer | None:
        """Return the client with this e-mail address."""
        with Session(self.engine) as session:
            client = session.scalar(select(Client).where(Client.email == query.email))
            if client is None:
                return None
            return Customer(ref=str(client.id), name=client.name, segment=client.tier, source="crm")

    def see(self, change: Change) -> None:
        """Write down what happened; it is told after the commit, and again if this fails."""
        with Session(self.engine) as session:
            session.add(History(complaint=change.reference, what=change.entry))
            session.commit()


def take_call(kit: ComplaintKit, session: Session, client: Client, words: str, by: str) -> str:
    """Write down a call and open its complaint, both in the CRM's transaction; return the reference."""
    said = Message(text=words, sender=Person(name=client.name, email=client.email))
    with kit.bind(session) as bound:
        receipt = bound.open(said, channel="phone", by=by)
    session.add(Call(client_id=client.id, complaint=receipt.reference))
    return receipt.reference


def main(engine: Engine) -> None:
    """Take two calls: the first one's transaction is rolled back, the second one's is committed."""
    Base.metadata.create_all(engine)
    with ComplaintKit(database=engine, table_prefix="ck_", plugins=[Crm(engine)]) as kit:
        kit.upgrade()
        with Session(engine) as session:
            anna = Client(name="Anna Kowalska", email="anna@customer.example", tier="gold")
            session.add(anna)
            session.commit()

            lost = take_call(kit, session, anna, "The parcel never came.", by="irina")
            session.rollback()
            print(f"Rolled back: {lost} is not on file, nor is the call. Complaints: {kit.figures().complaints}")

            reference = take_call(kit, session, anna, "The parcel never came.", by="irina")
            session.commit()
        print(f"Committed: {reference}. Complaints: {kit.figures().complaints}")

        done = kit.work()
        print(f"Then the kit worked by itself: {done.assessed} assessed, {done.delivered} notices delivered.")
        case = kit.case(reference)
        print(f"About {case.category}, of a {case.segment} client; {case.owner} is responsible.")
        with Session(engine) as session:
            seen = session.scalars(select(History.what).order_by(History.id))
            print(f"On the client's page: {', '.join(dict.fromkeys(seen))}")


def engine_for(url: str) -> Engine:
    """Return the CRM's engine. SQLite has to be told to be careful; complaintkit refuses a connection that is not."""
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def careful(connection: Any, _: object) -> None:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")

    return engine


if __name__ == "__main__":
    main(engine_for("sqlite:///crm.db"))
