"""The tree of causes: why things go wrong, kept apart from what complainants complain of."""

from collections.abc import Mapping

from attrs import field, frozen, validators

from complaintkit.checks import frozen_mapping


@frozen(kw_only=True)
class Cause:
    """A cause, or a group of causes.

    Attributes:
        code: Stable code, kept on the cases.
        parent: Code of the group it belongs to; empty for a group at the top.
        labels: Label per language.
        definition: For the person who has to decide.
        retired: Whether it may no longer be chosen; old cases keep it.
    """

    code: str = field(validator=validators.min_len(1))
    parent: str = ""
    labels: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    definition: str = ""
    retired: bool = False

    def label(self, language: str) -> str:
        """Return the label in a language, in English, or the code."""
        return self.labels.get(language) or self.labels.get("en") or self.code
