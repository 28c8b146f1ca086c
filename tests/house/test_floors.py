"""The floors table names every room, and the reading of source that the rules rest on is right."""

from tests.house.floors import Source, core, imports, sample


def test_every_module_stands_on_a_floor() -> None:
    """Each module of the core belongs to a room that the table knows; a new room has to be given a floor."""
    assert [] == [source.path for source in core() if not source.room]


def test_a_room_nobody_knows_has_no_floor() -> None:
    """A module outside every room of the table is noticed, though all are below `complaintkit`."""
    assert "" == sample("", "complaintkit.attic.box").room
    assert "complaintkit.case" == sample("", "complaintkit.case.actions.opening").room
    assert "complaintkit" == sample("", "complaintkit").room


def test_every_form_of_import_is_seen() -> None:
    """Plain, from, relative, nested and type-checking imports all count."""
    source = Source(
        "complaintkit.case.parts",
        "complaintkit/case/parts.py",
        "import complaintkit.desk\n"
        "from complaintkit import store, hookimpl\n"
        "from . import entries\n"
        "from ..policy import book\n"
        "if TYPE_CHECKING:\n    from complaintkit.app import Kit\n"
        "def later():\n    import complaintkit.cli\n",
    )
    known = frozenset({"complaintkit.store", "complaintkit.case.entries"})
    assert [
        ("complaintkit.desk", 1),
        ("complaintkit.store", 2),
        ("complaintkit", 2),
        ("complaintkit.case.entries", 3),
        ("complaintkit.policy", 4),
        ("complaintkit.app", 6),
        ("complaintkit.cli", 8),
    ] == sorted(imports(source, known), key=lambda found: found[1])
