"""The hook specifications. Every hook is asked once, at start, and yields records; it never acts on a complaint itself.

Write `@hookimpl` above a function with the hook's name. `settings` is an instance of the class that
`complaintkit_settings` returns, or `None` without one. An implementation may leave the argument out.
"""

from collections.abc import Iterable
from typing import Any

import pluggy

from complaintkit.case.fields import CustomField
from complaintkit.families import (
    Categoriser,
    Channel,
    CustomerSource,
    EscalationRule,
    Exporter,
    Notifier,
    Observer,
    Report,
    Rota,
)
from complaintkit.policy.packs import RulePack

PROJECT = "complaintkit"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def complaintkit_settings() -> type[Any]:
    """Return the attrs class of this plugin's settings; `[plugins.<name>]` of the settings file is read into it."""
    raise NotImplementedError("a specification only")


@hookspec
def complaintkit_channels(settings: Any) -> Iterable[Channel]:
    """Yield ways in: how items are fetched, confirmed and read."""
    raise NotImplementedError("a specification only")


@hookspec
def complaintkit_categorisers(settings: Any) -> Iterable[Categoriser]:
    """Yield categorisers: what is a case about, how sure, why?"""
    raise NotImplementedError("a specification only")


@hookspec
def complaintkit_escalation_rules(settings: Any) -> Iterable[EscalationRule]:
    """Yield escalation rules: whose attention does a broken promise need?"""
    raise NotImplementedError("a specification only")


@hookspec
def complaintkit_rotas(settings: Any) -> Iterable[Rota]:
    """Yield rotas: who is on call when attention is called for?"""
    raise NotImplementedError("a specification only")


@hookspec
def complaintkit_notifiers(settings: Any) -> Iterable[Notifier]:
    """Yield notifiers: how does a notice reach its recipient?"""
    raise NotImplementedError("a specification only")


@hookspec
def complaintkit_reports(settings: Any) -> Iterable[Report | Exporter]:
    """Yield reports and exporters: what do the complaints tell, and in which format?"""
    raise NotImplementedError("a specification only")


@hookspec
def complaintkit_customers(settings: Any) -> Iterable[CustomerSource]:
    """Yield look-ups of the host's customers."""
    raise NotImplementedError("a specification only")


@hookspec
def complaintkit_observers(settings: Any) -> Iterable[Observer]:
    """Yield observers, told of changes after they were committed."""
    raise NotImplementedError("a specification only")


@hookspec
def complaintkit_fields(settings: Any) -> Iterable[CustomField]:
    """Yield fields that complaints have here besides those of the core."""
    raise NotImplementedError("a specification only")


@hookspec
def complaintkit_rule_packs(settings: Any) -> Iterable[RulePack]:
    """Yield rule packs: the deadlines of a law, a regulator or a code. The settings say which are used."""
    raise NotImplementedError("a specification only")


@hookspec
def complaintkit_commands() -> Iterable[tuple[str, str]]:
    """Yield commands as name and `module:attribute` of a click command, imported only when it is used."""
    raise NotImplementedError("a specification only")
