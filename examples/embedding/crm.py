"""A small CRM with its own tables and sessions, which opens complaints inside its own transactions.

Run it with `python examples/embedding/crm.py`. The CRM decides when to commit; complaintkit never does. What needs
plugins (categories, notices) happens afterwards, when `work` is called outside of any transaction.
"""

from typing import Any

from sqlalchemy import Engine, ForeignKey, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from complaintkit import Message, Person
from complaintkit.app import ComplaintKit


class Base(DeclarativeBase):
    """The CRM's own tables, beside which those of complaintkit live under a prefix."""


class Customer(Base):
    """A customer of the CRM."""

    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]


class Call(Base):
    """A telephone call, and the complaint that came of it."""

    __tablename__ = "calls"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    complaint: Mapped[str]


def take_call(kit: ComplaintKit, session: Session, customer: Customer, words: str, by: str) -> str:
    """Write down a call and open its complaint, both in the CRM's transaction; return the reference."""
    said = Message(text=words, sender=Person(name=customer.name, email=customer.email, customer=str(customer.id)))
    with kit.bind(session) as bound:
        receipt = bound.open(said, channel="phone", by=by)
    session.add(Call(customer_id=customer.id, complaint=receipt.reference))
    return receipt.reference


def main(engine: Engine) -> None:
    """Take two calls: the first one's transaction is rolled back, the second one's is committed."""
    Base.metadata.create_all(engine)
    with ComplaintKit(database=engine, table_prefix="ck_") as kit:
        kit.upgrade()
        with Session(engine) as session:
            anna = Customer(name="Anna Kowalska", email="anna@customer.example")
            session.add(anna)
            session.commit()

            lost = take_call(kit, session, anna, "The parcel never came.", by="irina")
            session.rollback()
            print(
                f"Rolled back: {lost} is not on file, and neither is the call. Complaints: {kit.figures().complaints}"
            )

            reference = take_call(kit, session, anna, "The parcel never came.", by="irina")
            session.commit()
        print(f"Committed: {reference}. Complaints: {kit.figures().complaints}")

        done = kit.work()
        print(f"Then the kit worked by itself: {done.assessed} assessed, {done.delivered} notices delivered.")
        case = kit.case(reference)
        print(f"{case.reference} is {case.stage}, about {case.category}; {case.owner} is responsible.")


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
