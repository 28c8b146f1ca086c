"""Whether somebody complains again, and in which way: each way has its own meaning for what is done about it."""

from enum import StrEnum

from attrs import frozen


class RepeatKind(StrEnum):
    """In which way a complaint follows earlier ones."""

    SAME_PERSON = "same_person"  # not told apart any further
    SAME_MATTER = "same_matter"
    OTHER_MATTER = "other_matter"
    ABOUT_HANDLING = "about_handling"
    OTHER_PEOPLE = "other_people"

    @property
    def same_person(self) -> bool:
        """Say whether it is the same person who complained before."""
        return self is not RepeatKind.OTHER_PEOPLE


@frozen(kw_only=True)
class Repeat:
    """Earlier complaints that this one follows in one way: their references, the latest first.

    `channels` are those by which the same person told of them.
    """

    kind: RepeatKind
    earlier: tuple[str, ...]
    channels: tuple[str, ...] = ()
