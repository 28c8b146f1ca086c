"""Somebody who edits one case again and again, in a process of their own, always from the version they saw."""

from attrs import frozen

from complaintkit.app import ComplaintKit, actions
from complaintkit.errors import Stale
from tests.house.kits import MONDAY, SETTINGS


@frozen
class Edited:
    """What one editor did and saw.

    Attributes:
        done: The words that were taken.
        refused: How often somebody else had been quicker.
        shown: How many entries of others the refusals showed.
        blind: Refusals that did not show what had changed, or lost the words: there must be none.
    """

    done: tuple[str, ...]
    refused: int
    shown: int
    blind: int


def edit(url: str, reference: str, times: int, name: str) -> Edited:
    """Edit a case a number of times; after a refusal look at what changed and do it again."""
    done: list[str] = []
    refused = shown = blind = 0
    with ComplaintKit(SETTINGS, database=url, secret=b"for tests only") as kit:
        for number in range(times):
            words = f"{name} {number}"
            action = (
                actions.Note(text=words)
                if number % 3
                else actions.Assess(category=("refund", "delivery-late")[number % 2], reason=words)
            )
            seen = kit.case(reference).version
            while True:
                try:
                    seen = kit.act(reference, action, by=name, now=MONDAY, version=seen).version
                except Stale as stale:
                    refused += 1
                    others = [one for one in stale.since if one.seq > seen]
                    shown += len(others)
                    blind += not others or stale.action != action
                    seen = max((one.seq for one in others), default=kit.case(reference).version)
                else:
                    done.append(words)
                    break
    return Edited(tuple(done), refused, shown, blind)
