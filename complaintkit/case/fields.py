"""Fields that an organisation adds to its complaints: their values, as they stand in a case."""

from typing import TYPE_CHECKING, Protocol

from attrs import field, frozen, validators

from complaintkit.case.parts import Content

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint


class OwnFields(Protocol):
    """What an action has to know of the organisation's own fields."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return their names."""

    def value(self, name: str, text: str) -> tuple[str, bool]:
        """Return a value in its one spelling, and whether it is sealed; raise `ValueError` where it does not fit."""

    def wanting(self, action: str, case: "Complaint") -> tuple[str, ...]:
        """Return the names of the fields that have to be filled before an action is possible in a case."""


@frozen(kw_only=True)
class FieldValue:
    """The value of a field.

    Attributes:
        name: Name of the field, as the policy has it.
        value: The value in its one spelling; empty where it is sealed.
        sealed: The value of a field that is free text, or personal.
    """

    name: str = field(validator=validators.min_len(1))
    value: str = ""
    sealed: Content | None = None

    def __str__(self) -> str:
        return self.value if self.sealed is None else str(self.sealed)


def value_of(case: "Complaint", name: str) -> FieldValue | None:
    """Return what stands in a field of a case, or `None`."""
    return next((one for one in case.matter.fields if one.name == name), None)
