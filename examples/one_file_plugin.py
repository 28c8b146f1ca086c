"""A whole plugin: who waits for an answer complains about how we can be reached, whatever else went wrong.

Use it: write `files = ["one_file_plugin.py"]` below `[plugins]` in complaintkit.toml, or watch what it changes with
`complaintkit demo --plugin one_file_plugin.py`.
"""

from collections.abc import Iterable

from complaintkit import CaseView, Categoriser, Suggestion, hookimpl

WAITS = ("answer", "repl", "ответ", "sagot")


def suggest(case: CaseView) -> Iterable[Suggestion]:
    """Suggest the category, very surely, where one of the words stands in the text."""
    found = [word for word in WAITS if word in case.text.casefold()]
    if found:
        yield Suggestion("service-reachability", 0.99, f"waits for an answer: {', '.join(found)}")


@hookimpl
def complaintkit_categorisers() -> Iterable[Categoriser]:
    """Offer the rule."""
    yield Categoriser("still-waiting", suggest)
