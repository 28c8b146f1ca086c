"""What a complaint is about, as things are known in the house: product, batch, order; and what is asked for."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import field, frozen, validators

from complaintkit.case.money import Money
from complaintkit.case.parts import Content
from complaintkit.checks import aware

LONGEST_CODE: Final = 200


@frozen(kw_only=True)
class Subject:
    """The object of a complaint. The code of the product itself stands on the complaint, where it can be searched.

    Attributes:
        model, batch, campaign: Which model or version of the product, from which lot, sold by which campaign.
        brand: Under which brand, or by which company of the group.
        jurisdiction: Whose law it falls under: a country or state code, such as `PH`, `RU`, `US-NY`.
        udi, serial: Device identifier, serial number; sealed, for they lead to one person's thing.
        order, contract: Numbers of an order, of a contract; sealed likewise.
    """

    model: str = ""
    batch: str = ""
    campaign: str = ""
    brand: str = ""
    jurisdiction: str = ""
    udi: Content | None = None
    serial: Content | None = None
    order: Content | None = None
    contract: Content | None = None


class DemandKind(StrEnum):
    """What a complainant can demand."""

    REFUND = "refund"
    EXCHANGE = "exchange"
    REPAIR = "repair"
    PRICE_CUT = "price_cut"
    CANCELLATION = "cancellation"
    PENALTY = "penalty"
    MORAL_DAMAGE = "moral_damage"
    INFORMATION = "information"
    APOLOGY = "apology"
    OTHER = "other"


class DemandEnd(StrEnum):
    """What became of a demand."""

    MET = "met"
    PARTLY_MET = "partly_met"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@frozen(kw_only=True)
class Demand:
    """Something the complainant wants.

    Attributes:
        name: `demand-1`, `demand-2` ...; never used again within the case.
        kind: What it is.
        money: How much, where it is about money.
        text: In the complainant's own words, sealed.
        legal_basis: The law or clause the complainant leans on, sealed.
        point: Name of the point it belongs to; empty for the whole complaint.
        presented_at: When it was made; a period of the law counts from there.
        end, ended_at: What became of it.
    """

    name: str = field(validator=validators.min_len(1))
    kind: DemandKind
    money: Money | None = None
    text: Content | None = None
    legal_basis: Content | None = None
    point: str = ""
    presented_at: datetime = field(validator=aware)
    end: DemandEnd | None = None
    ended_at: datetime | None = field(default=None, validator=validators.optional(aware))

    def __str__(self) -> str:
        what = self.kind.replace("_", " ")
        return f"{what} of {self.money}" if self.money else what
