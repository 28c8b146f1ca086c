"""Does a plugin fit this core? Read from what it requires, before it is imported."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

REQUIRES: Final = "complaintkit_requires"
_PART: Final = re.compile(
    r"(>=|<=|==|!=|~=|>|<)\s*v?(\d+(?:\.\d+)*)((?:\.\*)?)(?:\.?[a-z+-][a-z0-9.+-]*)?$", re.IGNORECASE
)
_NAME: Final = re.compile(
    r"^\s*complaintkit\s*(?:\[[^\]]*\])?\s*\(?\s*((?:[<>=!~][^;)]*)?)\)?\s*(;.*)?$", re.IGNORECASE
)


def misfit(required: str, version: str) -> str:
    """Return why a core of some version does not satisfy a requirement; empty if it does.

    Args:
        required: Such as `>=0.1,<0.2`; only the numbers of a release count.
        version: The core's version.

    Raises:
        ValueError: The requirement cannot be read.
    """
    here = _numbers(version)
    for part in filter(None, (one.strip() for one in required.split(","))):
        found = _PART.match(part)
        if found is None:
            raise ValueError(f"{required!r} is no range of versions; write one such as '>=0.1,<0.2'")
        sign, text, star = found.groups()
        wanted = _numbers(text)
        size = len(text.split("."))
        if sign == "==" and star:
            fits, older = here[:size] == wanted[:size], here < wanted
        elif sign == "~=":
            fits, older = here >= wanted and here[: size - 1] == wanted[: size - 1], here < wanted
        else:
            fits, older = _compare(sign, here, wanted), here < wanted or sign == ">"
        if not fits:
            age = "this complaintkit is too old" if older else "the plugin is too old"
            return f"it requires complaintkit {required}, this is {version}: {age}"
    return ""


def _compare(sign: str, here: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return {
        ">=": here >= wanted, "<=": here <= wanted, ">": here > wanted, "<": here < wanted,
        "==": here == wanted, "!=": here != wanted,
    }[sign]  # fmt: skip


def _numbers(version: str) -> tuple[int, ...]:
    found = re.match(r"v?(\d+(?:\.\d+)*)", version)
    parts = tuple(map(int, found.group(1).split("."))) if found else ()
    return (*parts, 0, 0, 0, 0)[: max(4, len(parts))]


def of_distribution(requirements: Iterable[str] | None) -> str:
    """Return what a distribution's dependencies say about complaintkit; empty if nothing."""
    for requirement in requirements or ():
        found = _NAME.match(requirement)
        if found and "extra" not in (found.group(2) or ""):
            return found.group(1).strip()
    return ""


def of_file(path: Path) -> str:
    """Return what a plugin of one file says it requires, without running it; empty if nothing, or if it is broken."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError, RecursionError, MemoryError):
        return ""
    for node in tree.body:
        if isinstance(node, ast.Assign) and REQUIRES in map(ast.unparse, node.targets):
            value = node.value
            return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""
    return ""
