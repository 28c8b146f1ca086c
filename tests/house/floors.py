"""The floors of the house, and how its source is read. The one table that rules 3, 5 and 9 look things up in.

A new room goes into FLOORS with the lowest floor on which everything it imports is below it or beside it.
"""

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).resolve().parents[2]

FLOORS = {
    "complaintkit.errors": 0,
    "complaintkit.checks": 0,
    "complaintkit.changing": 0,
    "complaintkit.clocks": 1,
    "complaintkit.words": 1,
    "complaintkit.anonymous": 1,
    "complaintkit.guard": 1,
    "complaintkit.message": 2,
    "complaintkit.case": 2,
    "complaintkit.improving": 2,
    "complaintkit.policy": 3,
    "complaintkit.counts": 4,
    "complaintkit.families": 4,
    "complaintkit.hooks": 5,
    "complaintkit.settings": 5,
    "complaintkit.codec": 5,
    "complaintkit": 5,  # door 1: for those above, and for plugins; nothing heavier than the hooks stands behind it
    "complaintkit.registry": 6,
    "complaintkit.builtin": 6,
    "complaintkit.store": 6,
    "complaintkit.recorded": 6,
    "complaintkit.intake": 7,
    "complaintkit.triage": 7,
    "complaintkit.escalation": 7,
    "complaintkit.notices": 7,
    "complaintkit.review": 7,
    "complaintkit.reports": 7,
    "complaintkit.receipt": 7,
    "complaintkit.derived": 7,
    "complaintkit.withholding": 7,
    "complaintkit.replay": 8,
    "complaintkit.status": 8,  # what was written to a complainant is worked out anew from the notices
    "complaintkit.desk": 8,
    "complaintkit.kit": 9,
    "complaintkit.bound": 9,
    "complaintkit.view": 9,
    "complaintkit.app": 9,
    "complaintkit.cli": 10,
    "complaintkit.demo": 10,
    "complaintkit.__main__": 10,
    "complaintkit.testing": 11,
}


@frozen
class Source:
    """One module as text: its dotted name, where it stands, and its syntax tree."""

    module: str
    path: str
    text: str
    package: bool = False

    @property
    def tree(self) -> ast.Module:
        """Return the syntax tree."""
        return _parsed(self.text, self.path)

    @property
    def room(self) -> str:
        """Return the entry of FLOORS that the module belongs to; empty if it has none."""
        # Every module is below `complaintkit`; only the door itself is that room.
        return next((room for room in parents(self.module) if room in FLOORS and room != "complaintkit"), "") or (
            "complaintkit" if self.module == "complaintkit" else ""
        )

    @property
    def floor(self) -> int:
        """Return the floor the module is on."""
        return FLOORS[self.room]


@cache
def _parsed(text: str, path: str) -> ast.Module:
    return ast.parse(text, path)


def parents(module: str) -> Iterator[str]:
    """Yield the module's dotted name and those of the packages around it, longest first."""
    while module:
        yield module
        module = module.rpartition(".")[0]


def sample(text: str, module: str = "complaintkit.case.sample") -> Source:
    """Return a piece of source for the self-tests of the rules."""
    return Source(module, f"{module.replace('.', '/')}.py", text)


def core() -> tuple[Source, ...]:
    """Return every module of the core."""
    return tuple(_read(ROOT / "complaintkit", ROOT))


def outside() -> tuple[Source, ...]:
    """Return every module of plugins and examples, their tests included."""
    return tuple(source for folder in ("plugins", "examples") for source in _read(ROOT / folder, ROOT))


def of_tests() -> tuple[Source, ...]:
    """Return every module of the tests, those of the plugins included."""
    inside = _read(ROOT / "tests", ROOT)
    return (*inside, *(source for source in outside() if "/tests/" in source.path))


def _read(folder: Path, base: Path) -> Iterator[Source]:
    for path in sorted(folder.rglob("*.py")):
        place = path.relative_to(base)
        if any(part.startswith(".") or part in ("build", "dist") for part in place.parts):
            continue
        parts = place.with_suffix("").parts
        package = parts[-1] == "__init__"
        yield Source(
            ".".join(parts[:-1] if package else parts), place.as_posix(), path.read_text(encoding="utf-8"), package
        )


def imports(source: Source, modules: Sequence[str] | frozenset[str] = ()) -> Iterator[tuple[str, int]]:
    """Yield what the module imports, wherever in it, as dotted module name and line.

    `from complaintkit import case` counts as `complaintkit.case` where `modules` knows a module of that name.
    """
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _from(source, node)
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield (full if full in modules else base), node.lineno


def _from(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    around = source.module.split(".")
    kept = around[: len(around) - node.level + (1 if source.package else 0)]
    return ".".join([*kept, *([node.module] if node.module else [])])


def names(source: Source) -> dict[str, str]:
    """Return what each imported name stands for, such as `datetime.datetime` for `dt`."""
    found: dict[str, str] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            base = _from(source, node)
            found |= {alias.asname or alias.name: f"{base}.{alias.name}" for alias in node.names}
    return found


def dotted(node: ast.expr, known: dict[str, str]) -> str:
    """Return the full name an expression such as `dt.now` stands for; empty if it is no plain name."""
    match node:
        case ast.Name(id=name):
            return known.get(name, name)
        case ast.Attribute(value=value, attr=attribute):
            before = dotted(value, known)
            return f"{before}.{attribute}" if before else ""
        case _:
            return ""


def told(breaches: Sequence[str], remedy: str) -> str:
    """Return the message of a failing rule: every breach with its place, then how to mend it."""
    return "\n".join([*breaches, "", remedy])
