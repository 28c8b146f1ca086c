"""House rule 5: imports go down. A module imports from its own floor or below it, never from above.

So the domain can be read, tested and trusted without the store, and the store without the desk. On floor 7 the stages
of a complaint's path do not import each other either: the desk calls them in turn. No two rooms may need each other.

To mend a breach: move what both need down to the lower floor, or hand it over as an argument.
"""

from collections.abc import Iterator, Sequence

from tests.house.floors import FLOORS, Source, core, imports, parents, sample, told

REMEDY = (
    "Move what both need to the lower floor, or hand it over as an argument (tests/house/floors.py has the floors)."
)
STAGES = 7


def room_of(module: str) -> str:
    """Return the room a module of complaintkit is in; the door for `complaintkit` itself, and for a name in it."""
    return next(room for room in parents(module) if room in FLOORS)


def steps(sources: Sequence[Source]) -> Iterator[tuple[Source, str, int]]:
    """Yield each import of one room by another as importing module, imported room and line."""
    modules = frozenset(source.module for source in sources)
    for source in sources:
        for name, line in imports(source, modules):
            if name.partition(".")[0] == "complaintkit" and room_of(name) != source.room:
                yield source, room_of(name), line


def breaches(sources: Sequence[Source]) -> Iterator[str]:
    """Yield imports that go up, and those between stages."""
    for source, room, line in steps(sources):
        place = f"{source.path}:{line}: {source.room} (floor {source.floor}) imports {room} (floor {FLOORS[room]})"
        if FLOORS[room] > source.floor:
            yield place
        elif FLOORS[room] == source.floor == STAGES:
            yield f"{place}: stages do not know each other"


def circles(sources: Sequence[Source]) -> list[str]:
    """Return the rooms that need each other, if only by a detour."""
    needs: dict[str, set[str]] = {}
    for source, room, _ in steps(sources):
        needs.setdefault(source.room, set()).add(room)

    def reach(room: str, seen: set[str]) -> set[str]:
        for other in needs.get(room, set()):
            if other not in seen:
                seen.add(other)
                reach(other, seen)
        return seen

    return sorted(room for room in needs if room in reach(room, set()))


def test_imports_go_down() -> None:
    """No module of the core imports from a floor above its own, nor one stage another."""
    found = list(breaches(core()))
    assert [] == found, told(found, REMEDY)


def test_no_rooms_need_each_other() -> None:
    """The rooms of the core can be put in an order in which each needs only those before it."""
    found = circles(core())
    assert [] == found, told([f"{room} needs itself by a detour" for room in found], REMEDY)


def test_every_kind_of_breach_is_reported() -> None:
    """Up, sideways between stages, and in a circle: each is found; down and to the door are not."""
    up = sample("from complaintkit.desk import Desk\n")
    lazily_up = sample("def f():\n    import complaintkit.store.sql\n", "complaintkit.clocks.rules")
    sideways = sample("from complaintkit.notices import x\n", "complaintkit.triage")
    down = sample(
        "from complaintkit.case.parts import x\nfrom complaintkit import hookimpl\n", "complaintkit.builtin.form"
    )
    assert [
        "complaintkit/case/sample.py:1: complaintkit.case (floor 2) imports complaintkit.desk (floor 8)",
        "complaintkit/clocks/rules.py:2: complaintkit.clocks (floor 1) imports complaintkit.store (floor 6)",
        "complaintkit/triage.py:1: complaintkit.triage (floor 7) imports complaintkit.notices (floor 7): "
        "stages do not know each other",
    ] == list(breaches([up, lazily_up, sideways, down]))
    there = sample("import complaintkit.checks\n", "complaintkit.errors")
    back = sample("import complaintkit.errors\n", "complaintkit.checks")
    assert ["complaintkit.checks", "complaintkit.errors"] == circles([there, back, down])
