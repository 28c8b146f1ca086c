"""House rule 8: plugins and examples come in through the doors. They import `complaintkit`, `complaintkit.app` and
`complaintkit.testing`, and nothing behind them.

What we ship ourselves has to live with what we promise others; if it cannot, the promise is too small.

To mend a breach: import the name from a door. If no door has it, that is a decision to take, not an import to add.
"""

from collections.abc import Iterator

from tests.house.floors import Source, core, imports, outside, sample, told

REMEDY = "Import the name from complaintkit, complaintkit.app or complaintkit.testing."
DOORS = ("complaintkit", "complaintkit.app", "complaintkit.testing")


def breaches(source: Source, modules: frozenset[str]) -> Iterator[str]:
    """Yield imports of the core that go round the doors."""
    for name, line in imports(source, modules):
        inside = name.partition(".")[0] == "complaintkit"
        if inside and name not in DOORS and not name.startswith("complaintkit.testing."):
            yield f"{source.path}:{line}: {name}"


def test_plugins_and_examples_use_the_doors() -> None:
    """No plugin, example or test of a plugin imports from the core but through a door."""
    modules = frozenset(source.module for source in core())
    found = [breach for source in outside() for breach in breaches(source, modules)]
    assert [] == found, told(found, REMEDY)
    assert len(outside()) > 1


def test_going_round_a_door_is_reported() -> None:
    """A module behind a door is found, however it is imported; the doors and the plugin's own package are not."""
    source = sample(
        "import complaintkit\nfrom complaintkit import hookimpl\nfrom complaintkit.app import ComplaintKit\n"
        "from complaintkit.testing.channels import ChannelSuite\nfrom complaintkit_email import channel\n"
        "from complaintkit import store\nimport complaintkit.case\nfrom complaintkit.registry import find\n",
        "plugins.mine",
    )
    found = list(breaches(source, frozenset({"complaintkit.store", "complaintkit.app"})))
    assert ["plugins/mine.py:6: complaintkit.store", "plugins/mine.py:7: complaintkit.case"] == found[:2]
    assert ["plugins/mine.py:8: complaintkit.registry"] == found[2:]
