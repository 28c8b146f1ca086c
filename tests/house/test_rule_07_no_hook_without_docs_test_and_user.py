"""House rule 7: no hook without its exact signature in the docs, a test named after it, and a plugin that uses it.

A hook nobody uses is a guess, and one that is documented from memory is a trap.

To mend a breach: write the signature, as `complaintkit/hooks.py` has it, into docs/reference/hooks.md; write a
`test_hook_<name>`; implement the hook in complaintkit/builtin, plugins or examples. Or take the hook out.
"""

import ast
from collections.abc import Iterator, Sequence

from tests.house.floors import ROOT, Source, core, of_tests, outside, sample, told

REMEDY = "Write it, or take the hook out; the docstring of this test says what is needed where."
PREFIX = "complaintkit_"
PAGE = ROOT / "docs" / "reference" / "hooks.md"


def marked(sources: Sequence[Source], mark: str) -> Iterator[ast.FunctionDef]:
    """Yield the functions and methods that bear a decorator of this name, called or not."""
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef):
                for decorator in node.decorator_list:
                    target = decorator.func if isinstance(decorator, ast.Call) else decorator
                    if ast.unparse(target).rpartition(".")[2] == mark:
                        yield node


def signature(hook: ast.FunctionDef) -> str:
    """Return the hook's first line as the documentation has to show it."""
    answer = f" -> {ast.unparse(hook.returns)}" if hook.returns else ""
    return f"def {hook.name}({ast.unparse(hook.args)}){answer}"


def breaches(
    hooks: Sequence[ast.FunctionDef], page: str, test_sources: Sequence[Source], users: Sequence[Source]
) -> Iterator[str]:
    """Yield what each hook lacks."""
    tested = {
        node.name
        for source in test_sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    used = {node.name for node in marked(users, "hookimpl")}
    text = " ".join(page.split())
    for hook in hooks:
        if signature(hook) not in text:
            yield f"{hook.name}: docs/reference/hooks.md does not show `{signature(hook)}`"
        wanted = f"test_hook_{hook.name.removeprefix(PREFIX)}"
        if wanted not in tested:
            yield f"{hook.name}: there is no test named {wanted}"
        if hook.name not in used:
            yield f"{hook.name}: no plugin in complaintkit/builtin, plugins or examples implements it"


def test_every_hook_has_docs_test_and_user() -> None:
    """Each hook that is specified is documented exactly, tested by name, and used by a plugin of ours."""
    hooks = list(marked([source for source in core() if source.module == "complaintkit.hooks"], "hookspec"))
    users = [source for source in core() if source.room == "complaintkit.builtin"]
    users += [source for source in outside() if "/tests/" not in source.path]
    found = list(breaches(hooks, PAGE.read_text(encoding="utf-8"), of_tests(), users))
    assert [] == found, told(found, REMEDY)
    assert len(hooks) >= 5
    assert all(hook.name.startswith(PREFIX) for hook in hooks)


def test_each_lack_is_reported() -> None:
    """A hook documented with another signature, untested and unused, is reported three times; a good one never."""
    specified = sample(
        "@hookspec\ndef complaintkit_good(settings: Any) -> Iterable[Channel]:\n    ...\n"
        "@hookspec(firstresult=True)\ndef complaintkit_bad(settings: Any) -> Iterable[Report]:\n    ...\n"
    )
    page = "def complaintkit_good(settings: Any) -> Iterable[Channel]: ...  def complaintkit_bad(settings) -> Report"
    user = sample("class Mine:\n    @complaintkit.hookimpl\n    def complaintkit_good(self):\n        yield 1\n")
    test_source = sample("def test_hook_good():\n    pass\n")
    assert [
        "complaintkit_bad: docs/reference/hooks.md does not show "
        "`def complaintkit_bad(settings: Any) -> Iterable[Report]`",
        "complaintkit_bad: there is no test named test_hook_bad",
        "complaintkit_bad: no plugin in complaintkit/builtin, plugins or examples implements it",
    ] == list(breaches(list(marked([specified], "hookspec")), page, [test_source], [user]))
