"""What of a kit one person is offered, name by name: a new method of the kit is withheld until it is listed here."""

from collections.abc import Callable
from typing import Final, NoReturn, TypeVar

T = TypeVar("T")

OFFERED: Final = frozenset(
    {
        # complaints
        "case", "file", "cases", "attachment", "identity", "possible", "act", "code", "bundle",
        # work shared with others, and past decisions
        "duties", "explain", "guide", "look_over", "outstanding", "task_token",
        "precedent", "precedents", "precedents_for", "remedy_range",
        # who works here
        "absences", "away", "back", "colleagues", "hand_over_all", "suggest",
        # what could not be read, what goes out, figures
        "parked", "envelope", "retry", "outbox", "report", "reports", "export", "check_export", "figures",
        # improvements
        "act_on", "agenda", "closure", "compliance", "improve", "improvement", "improvement_file", "improvements",
        "loop", "possible_with", "training_needs", "unwatched",
        # what it is made of
        "desk", "policy", "registry",
    }
)  # fmt: skip
WITHHELD: Final = frozenset(
    {
        # Whoever has a code or a link needs no name; who has a name needs neither.
        "act_by_code", "answer_by_link", "answer_survey", "decline_survey", "follow_up", "survey_by_code",
        "task_by_link", "write_by_code",
        # Complaints come in by a channel, not by a look; `act` and `retry` are what a person does.
        "collect", "open", "receive", "receive_all", "work",
        # For whoever runs complaintkit.
        "bind", "check", "close", "include_name", "rebuild_precedents", "replay", "schema_sql", "secret", "seen_by",
        "store", "upgrade", "verify",
    }
)  # fmt: skip


class _Withheld:
    """Stands in for what a person is not offered: to them it is not there."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: type) -> NoReturn:
        """Refuse.

        Raises:
            AttributeError: Always.
        """
        raise AttributeError(f"{owner.__name__} does not offer {self._name} to one person; ask the kit itself")


def only(names: frozenset[str]) -> Callable[[type[T]], type[T]]:
    """Take everything from a class that is not listed, also what it inherits.

    Args:
        names: What stays, besides what begins with an underscore.
    """

    def kept(cls: type[T]) -> type[T]:
        for name in dir(cls):
            if not name.startswith("_") and name not in names:
                setattr(cls, name, _Withheld(name))
        return cls

    return kept
