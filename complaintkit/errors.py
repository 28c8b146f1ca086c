"""Every error that complaintkit raises on purpose.

    ComplaintKitError
    ├── SettingsError      the settings file or an argument of a door is wrong
    ├── PluginError        a plugin cannot be loaded or answered wrongly
    ├── StoreError         the database cannot be used as it is
    └── ComplaintError     something about one complaint, or one improvement
        ├── NotFound       no such complaint
        ├── NotAllowed     the action is refused, with the reason and what to do
        └── Stale          somebody else changed the complaint meanwhile

Exit codes and HTTP statuses are mapped from these classes in one table each, by the command line and by the web plugin.
"""

from typing import Any


class ComplaintKitError(Exception):
    """Something complaintkit refuses; the text says what, where and what to do."""


class SettingsError(ComplaintKitError):
    """A setting is wrong: `path` is where it stands, `problem` says what to write instead."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}" if path else problem)
        self.path = path
        self.problem = problem


class PluginError(ComplaintKitError):
    """A plugin cannot be used: `plugin` names it, `problem` says why, `remedy` what to do."""

    def __init__(self, plugin: str, problem: str, remedy: str = "") -> None:
        super().__init__(f"plugin {plugin!r}: {problem}" + (f" {remedy}" if remedy else ""))
        self.plugin = plugin
        self.problem = problem
        self.remedy = remedy


class StoreError(ComplaintKitError):
    """The database is missing, too old, or set up in a way that could lose a complaint."""


class ComplaintError(ComplaintKitError):
    """Something is wrong with one complaint or improvement; `reference` names it, or is `-` for no single one."""

    def __init__(self, reference: str, problem: str) -> None:
        what = "improvement" if reference.startswith("IM-") else "complaint"
        super().__init__(problem if reference == "-" else f"{what} {reference}: {problem}")
        self.reference = reference
        self.problem = problem


class NotFound(ComplaintError):
    """There is no complaint with this reference."""

    def __init__(self, reference: str, problem: str = "is not on file; check the reference") -> None:
        super().__init__(reference, problem)


class NotAllowed(ComplaintError):
    """The action is refused; the text gives the reason and what would make it possible."""


class Stale(ComplaintError):
    """Somebody else changed the complaint since it was read; read it again and decide anew.

    Attributes:
        since: What was put on file since the version the person saw, entry by entry; empty where none was named.
        action: What the person asked for, with their own words: nothing of it is lost.
    """

    def __init__(
        self,
        reference: str,
        problem: str = "was changed meanwhile; read it again and repeat",
        since: tuple[Any, ...] = (),
        action: object = None,
    ) -> None:
        super().__init__(reference, problem)
        self.since = since
        self.action = action
