"""An action's class is called what the action is called: `hand_over` is `HandOver`, in code as on the command line.

Openings of improvements are called after the kind of improvement they open, which is a noun, and are left out.

To mend a breach: rename the class, or the action while nothing is released. A name says what somebody does: a verb.
"""

from collections.abc import Iterator, Mapping

import pytest

from complaintkit.case.actions import ACTIONS
from complaintkit.improving.actions import ACTIONS as OF_IMPROVEMENTS

CATALOGUES: Mapping[str, Mapping[str, type]] = {"complaints": ACTIONS, "improvements": OF_IMPROVEMENTS}


def breaches(catalogue: Mapping[str, type]) -> Iterator[str]:
    """Yield every action whose class is called something else, with what it should be called."""
    for name, action in catalogue.items():
        wanted = "".join(word.capitalize() for word in name.split("_"))
        if action.__name__ != wanted:
            yield f"{name}: {action.__module__}.{action.__name__} should be {wanted}"


@pytest.mark.parametrize("of", CATALOGUES)
def test_a_class_is_called_what_its_action_is_called(of: str) -> None:
    """The class of every action is the action's name in CamelCase."""
    found = list(breaches(CATALOGUES[of]))
    assert [] == found, "\n".join([*found, "", "Give class and action one name: a verb."])


def test_another_name_is_reported() -> None:
    """A class of another name is found, with the name it should have."""
    taken = type("TakeRemedy", (), {"__module__": "sample"})
    assert ["remedy_taken: sample.TakeRemedy should be RemedyTaken"] == list(breaches({"remedy_taken": taken}))
