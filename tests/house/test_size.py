"""Files and functions stay small enough to be read in one go: about 250 lines a file, about 30 a function.

The limits here are the points at which that is plainly lost. They are not for tests, which are read case by case. Where
something is better left whole, it is named in LEFT_WHOLE with the reason.

To mend a breach: find the part that has a name of its own in the glossary, and give it its own module or function.
"""

import ast
from collections.abc import Iterator

from tests.house.floors import Source, core, outside, sample, told

REMEDY = "Split it along a name of the glossary, or name it in LEFT_WHOLE with a reason that convinces a reviewer."
FILE_LINES = 320
FUNCTION_LINES = 45  # without the docstring: to explain more must not cost
LEFT_WHOLE: dict[str, str] = {}


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function, its docstring not counted."""
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return (node.end_lineno or 0) - node.lineno + 1 - ((first.end_lineno or 0) - first.lineno + 1 if documented else 0)


def breaches(source: Source) -> Iterator[str]:
    """Yield the file if it is too long, and each of its functions that is."""
    lines = len(source.text.splitlines())
    if lines > FILE_LINES and source.path not in LEFT_WHOLE:
        yield f"{source.path}: {lines} lines, {FILE_LINES} at most"
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or f"{source.path}:{node.name}" in LEFT_WHOLE:
            continue
        if length(node) > FUNCTION_LINES:
            yield f"{source.path}:{node.lineno}: {node.name} has {length(node)} lines, {FUNCTION_LINES} at most"


def test_files_and_functions_are_small() -> None:
    """Nothing in core, plugins and examples is longer than the limits but what is left whole for a reason."""
    looked_at = [*core(), *(source for source in outside() if "/tests/" not in source.path)]
    found = [breach for source in looked_at for breach in breaches(source)]
    assert [] == found, told(found, REMEDY)


def test_what_is_left_whole_still_needs_to_be() -> None:
    """An exception that is no longer one is taken out of the list."""
    paths = {source.path: source for source in (*core(), *outside())}
    for place, reason in LEFT_WHOLE.items():
        path = place.partition(":")[0]
        assert reason
        assert path in paths, f"{path} is gone"


def test_what_is_too_long_is_reported() -> None:
    """A long file and a long function are found; documentation makes no function long."""
    body = "".join(f"    x{number} = 1\n" for number in range(FUNCTION_LINES))
    long = sample(f"def f():\n{body}")
    documented = sample("def f():\n    '''Say.\n" + "\n" * 60 + "    '''\n    return 1\n")
    assert [f"complaintkit/case/sample.py:1: f has {FUNCTION_LINES + 1} lines, {FUNCTION_LINES} at most"] == list(
        breaches(long)
    )
    assert [] == list(breaches(documented))
    assert [f"complaintkit/case/sample.py: 321 lines, {FILE_LINES} at most"] == list(breaches(sample("\n" * 321)))
