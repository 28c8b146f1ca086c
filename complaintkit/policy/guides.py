"""Guides: checklists and wording for a channel, a category, a situation; versioned data, never code."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, validators

from complaintkit.case.actions.outstanding import STEPS
from complaintkit.case.complaint import Complaint
from complaintkit.case.completeness import known
from complaintkit.case.guides import tension_of, tick_of
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import ANSWERS, Outcome, Severity
from complaintkit.checks import frozen_mapping

if TYPE_CHECKING:
    from complaintkit.policy.policy import Policy

# By when an item has to be seen to; empty for whenever it helps.
BEFORE: Final = ("", *STEPS)


@frozen(kw_only=True)
class When:
    """When a guide, or an item of one, has something to say: all conditions that are given have to hold.

    Attributes:
        channels: Kinds of channel.
        categories: Categories; one that ends in `*` stands for all that begin so.
        severities, stages, outcomes: Of these.
        situations: In one of these special situations.
        tension: From this tension on, 0 to 4.
        answered: Whether the complainant has had an answer.
        pressed: Whether an answer that was promised is nearly due or late.
        anonymous, repeat: Whether nobody knows who complains; whether the same person complained before.
    """

    channels: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    stages: tuple[Stage, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    situations: tuple[str, ...] = ()
    tension: int = 0
    answered: bool | None = None
    pressed: bool | None = None
    anonymous: bool | None = None
    repeat: bool | None = None

    def fits(self, case: Complaint, channel: str) -> bool:
        """Say whether it holds for a case.

        Args:
            case: The case.
            channel: Kind of the channel by which it came.
        """
        return (
            _among(channel, self.channels)
            and (not self.categories or any(_is_of(case.category, one) for one in self.categories))
            and _among(case.severity, self.severities)
            and _among(case.stage, self.stages)
            and _among(case.outcome, self.outcomes)
            and (not self.situations or bool({*self.situations} & {*case.handling.situations}))
            and tension_of(case) >= self.tension
            and self.answered in (None, case.answered_at is not None)
            and self.pressed in (None, _pressed(case))
            and self.anonymous in (None, case.complainant.anonymous)
            and self.repeat in (None, bool(case.repeat_of))
        )


def _pressed(case: Complaint) -> bool:
    owed = (clock for clock in case.clocks if clock.kind in ANSWERS and not clock.settled)
    return any(clock.warned or clock.overdue or clock.history.steps for clock in owed)


def _among(value: object, wanted: tuple[object, ...]) -> bool:
    return not wanted or value in wanted


def _is_of(category: str, wanted: str) -> bool:
    return category.startswith(wanted[:-1]) if wanted.endswith("*") else category == wanted


@frozen(kw_only=True)
class Item:
    """One thing to ask, to say or to do.

    Attributes:
        id: Its name within the guide; never used for another meaning.
        question: What to ask or do, for whoever handles the case, by language.
        help: How, and why, by language.
        wording: Words to say or write to the complainant, by language of the complainant.
        mandatory: Whether it has to be seen to.
        before: By when: `assess`, `respond`, `resolve` or `close`; empty for whenever it helps.
        fact: The fact of the acceptance that it brings in; see `complaintkit.case.completeness`.
        weight: How much of a complete acceptance that fact is.
        when: When it is asked at all.
    """

    id: str = field(validator=validators.matches_re(r"[a-z][a-z0-9_-]*"))
    question: Mapping[str, str] = field(converter=frozen_mapping)
    help: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    wording: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    mandatory: bool = False
    before: str = field(default="", validator=validators.in_(BEFORE))
    fact: str = ""
    weight: int = field(default=0, validator=validators.ge(0))
    when: When = When()


@frozen(kw_only=True)
class Guide:
    """A guide.

    Attributes:
        code: Its name; stands in case files with each answer.
        version: Stands there, too, so that an old answer shows to which question it was given.
        label: What it is called, by language.
        order: Where it stands among others: those about people's safety come first.
        when: When it applies.
        item: What it asks for, in order.
        use: False leaves it out.
    """

    code: str = field(validator=validators.matches_re(r"[a-z][a-z0-9_-]*"))
    version: str
    label: Mapping[str, str] = field(converter=frozen_mapping)
    order: int = 50
    when: When = When()
    item: tuple[Item, ...] = ()
    use: bool = True

    def name_of(self, item: Item) -> str:
        """Return how an item stands in case files."""
        return f"{self.code}.{item.id}"

    def items_for(self, case: Complaint, channel: str) -> tuple[Item, ...]:
        """Return what it asks for in a case; nothing where it does not apply."""
        if not self.use or not self.when.fits(case, channel):
            return ()
        return tuple(item for item in self.item if item.when.fits(case, channel))


def guides_for(policy: "Policy", case: Complaint) -> tuple[tuple[Guide, tuple[Item, ...]], ...]:
    """Return the guides that have something to say about a case as it stands, with what they ask for."""
    channel = policy.kind(case.channel)
    found = ((guide, guide.items_for(case, channel)) for guide in policy.guides)
    return tuple(sorted(((guide, items) for guide, items in found if items), key=lambda one: one[0].order))


def seen_to(guide: Guide, item: Item, case: Complaint) -> bool:
    """Say whether an item was seen to: it was ticked, or what it asks for is on file already."""
    return tick_of(case, guide.name_of(item)) is not None or bool(item.fact and known(case, item.fact))


def open_items(policy: "Policy", case: Complaint, step: str) -> Iterator[tuple[str, bool]]:
    """Yield the mandatory items that are open before a step, each with whether somebody has begun with its guide."""
    ticked = {tick.item.partition(".")[0] for tick in case.handling.ticks}
    for guide, items in guides_for(policy, case):
        for item in items:
            if item.mandatory and item.before == step and not seen_to(guide, item, case):
                yield guide.name_of(item), guide.code in ticked


def version_of(policy: "Policy", name: str) -> str:
    """Return the version of the guide that has an item of this name; empty if none has."""
    code, _, item = name.partition(".")
    found = (
        guide.version for guide in policy.guides if guide.code == code and any(one.id == item for one in guide.item)
    )
    return next(found, "")
