"""The suite that every rule pack has to pass."""

from pathlib import Path
from typing import ClassVar

from complaintkit.testing.suites import RulePackSuite

OWN = Path(__file__).parent / "own"


class TestRulePacks(RulePackSuite):
    """The packs that are shipped."""

    plugin = "complaintkit_rulepacks"
    bad = (({"folder": 7}, "folder"),)


class TestOwn(RulePackSuite):
    """With a folder of one's own beside them."""

    plugin = "complaintkit_rulepacks"
    good: ClassVar[dict[str, str]] = {"folder": str(OWN)}
