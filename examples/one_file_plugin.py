"""A whole plugin: whoever asks for money back has a refund case, whatever else went wrong.

Use it: write `files = ["one_file_plugin.py"]` below `[plugins]` in complaintkit.toml, or watch what it changes with
`complaintkit demo --plugin one_file_plugin.py`.
"""

from collections.abc import Iterable

from complaintkit import CaseView, Categoriser, Suggestion, hookimpl

ASKS = ("refund", "money back", "деньги", "возврат", "pera", "bayad")


def suggest(case: CaseView) -> Iterable[Suggestion]:
    """Suggest a refund, very surely, where one of the words stands in the text."""
    found = [word for word in ASKS if word in case.text.casefold()]
    if found:
        yield Suggestion("refund", 0.99, f"asks for money: {', '.join(found)}")


@hookimpl
def complaintkit_categorisers() -> Iterable[Categoriser]:
    """Offer the rule."""
    yield Categoriser("money-first", suggest)
