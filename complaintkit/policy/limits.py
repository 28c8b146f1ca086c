"""Limits of competence, and rules that ask for a second look: the rows of the authority matrix."""

from collections.abc import Iterable, Mapping

from attrs import field, frozen, validators

from complaintkit.case.actor import Actor, same
from complaintkit.case.approvals import Why
from complaintkit.case.complaint import Complaint
from complaintkit.case.money import Money
from complaintkit.case.parts import Outcome, Severity
from complaintkit.case.remedies import RemedyType, given, sums
from complaintkit.checks import frozen_mapping


@frozen(kw_only=True)
class Limit:
    """Up to what somebody may decide alone. Of several that fit, the widest counts.

    Attributes:
        role: Whose limit it is; empty where it is a person's, or everybody's.
        person: Name of the one member of staff it holds for; empty for nobody in particular.
        remedies: Types of remedy; empty for all.
        categories: Categories of complaint; empty for all.
        up_to: Amounts, one per currency; a currency that does not stand here is not within this limit.
        unlimited: Whether it has no limit, in any currency.
    """

    role: str = ""
    person: str = ""
    remedies: tuple[RemedyType, ...] = ()
    categories: tuple[str, ...] = ()
    up_to: tuple[Money, ...] = ()
    unlimited: bool = False

    def fits(self, actor: Actor, remedy: str, category: str) -> bool:
        """Say whether it holds for this person, remedy and category."""
        return (
            (not self.role or actor.is_a(self.role))
            and (not self.person or same(self.person, actor.name))
            and (not self.remedies or remedy in self.remedies)
            and (not self.categories or category in self.categories)
        )


@frozen(kw_only=True)
class Rule:
    """When a second pair of eyes has to look at a draft, whatever the amount. All that it names must hold.

    Attributes:
        name: Its name; stands on the request.
        label: The reason in words, per language.
        about_staff: Complaints about named members of staff.
        situations: Cases in one of these special situations, such as `legal`; a legal hold counts as that.
        severities, categories, outcomes: Of these; empty for all.
        over: Where the remedies of the case add up to more than one of these amounts.
        approvals: How many others have to approve.
        role: Who: a role of the order and those above it, or a role beside it, such as `legal`; empty for any.
    """

    name: str = field(validator=validators.min_len(1))
    label: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    about_staff: bool = False
    situations: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    categories: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    over: tuple[Money, ...] = ()
    approvals: int = field(default=1, validator=(validators.ge(1), validators.le(5)))
    role: str = ""

    def holds(self, case: Complaint) -> bool:
        """Say whether it asks for a second look at this case."""
        return (
            (not self.about_staff or bool(case.about))
            and (not self.situations or not _situations(case).isdisjoint(self.situations))
            and (not self.severities or case.severity in self.severities)
            and (not self.categories or case.category in self.categories)
            and (not self.outcomes or case.outcome in self.outcomes)
            and (not self.over or any(_exceeds(sum_, self.over) for sum_ in sums(given(case))))
        )

    def why(self) -> Why:
        """Return the reason it gives."""
        return Why(code=self.name, text=self.label.get("en") or self.name)


def _situations(case: Complaint) -> frozenset[str]:
    held = ("legal",) if case.legal_hold else ()
    return frozenset((*case.handling.situations, *held))


def _exceeds(total: Money, amounts: Iterable[Money]) -> bool:
    return any(total.currency == one.currency and total.amount > one.amount for one in amounts)
