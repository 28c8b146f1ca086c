"""The fields of an organisation's own, all of them: from its settings, and from its plugins."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from complaintkit.case.complaint import Complaint
from complaintkit.case.fields import STEPS, CustomField, value_of
from complaintkit.errors import SettingsError


@frozen
class Fields:
    """All fields of an organisation's own, in order; see `complaintkit.case.fields.OwnFields`."""

    kinds: tuple[CustomField, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return their names."""
        return tuple(one.name for one in self.kinds)

    def named(self, name: str) -> CustomField | None:
        """Return the field of a name, or `None`."""
        return next((one for one in self.kinds if one.name == name), None)

    def value(self, name: str, text: str) -> tuple[str, bool]:
        """Return a value in its one spelling, and whether it is sealed.

        Raises:
            ValueError: There is no such field, or it does not take this.
        """
        found = self.named(name)
        if found is None:
            raise ValueError(f"there is no field {name!r}; there are: {', '.join(self.names) or 'none'}")
        return found.read(text), found.sealed

    def wanting(self, action: str, case: Complaint) -> tuple[str, ...]:
        """Return the names of the fields that have to be filled before an action is possible in a case."""
        return tuple(one.name for one in self.kinds if one.asked_by(action, case) and value_of(case, one.name) is None)

    def with_more(self, more: Iterable[CustomField]) -> "Fields":
        """Return the fields with those of plugins; of the same name, the one in the settings counts."""
        own = set(self.names)
        return Fields((*self.kinds, *(one for one in more if one.name not in own)))

    def checked(self, categories: Iterable[str]) -> "Fields":
        """Return the fields, once everything they are required for is known.

        Raises:
            SettingsError: A field is required for something that is neither a step nor a category.
        """
        for place, what in self._unknown({*categories, *STEPS}):
            known = f"{', '.join(STEPS)} or the code of a category"
            raise SettingsError(place, f"{what!r} is nothing a field can be required for; write {known}")
        return self

    def _unknown(self, known: set[str]) -> Iterator[tuple[str, str]]:
        for one in self.kinds:
            for what in one.required_for:
                if what not in known:
                    yield f"policy.fields.{one.name}.required_for", what


def read_fields(tables: Mapping[str, Any], structure: Callable[..., Any], categories: Iterable[str]) -> Fields:
    """Return the fields of the tables `[policy.fields.NAME]`.

    Raises:
        SettingsError: A table is no field, or is required for something nobody knows.
    """
    kinds = []
    for name, table in tables.items():
        path = f"policy.fields.{name}"
        if not isinstance(table, Mapping):
            raise SettingsError(path, f"must be a table; write [{path}] and its keys below")
        given = {key: value for key, value in table.items() if key != "label"}
        kinds.append(structure(CustomField, {**given, "labels": table.get("label", {}), "name": name}, path))
    return Fields(tuple(kinds)).checked(categories)
