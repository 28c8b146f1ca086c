"""The registry as it stands once everything is loaded: what plugins there are, and what they offer."""

import importlib
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

from attrs import field, frozen

from complaintkit.case.fields import CustomField
from complaintkit.errors import PluginError
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
from complaintkit.guard import Guarded
from complaintkit.guard.apart import Apart
from complaintkit.guard.breaker import Breaker
from complaintkit.policy.packs import RulePack
from complaintkit.registry.places import Origin


@frozen(kw_only=True)
class Trouble:
    """Something about a plugin that a person should know, in four lines."""

    plugin: str
    what: str
    why: str
    consequence: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what}\n  why: {self.why}\n  consequence: {self.consequence}\n  remedy: {self.remedy}"


@frozen(kw_only=True)
class Plugin:
    """One plugin, usable or not.

    Attributes:
        origin: Where it comes from.
        place: Its module or file.
        runner: Where it runs.
        state: `ready`; `set aside` (there is a `Trouble` that says why); `disabled` (by the settings).
        hooks: The hooks it implements; empty unless it is ready.
        records: What it offers, as `family:name`.
    """

    name: str
    version: str = ""
    distribution: str = ""
    origin: Origin
    place: str = ""
    runner: Literal["here", "apart"]
    state: Literal["ready", "set aside", "disabled"]
    hooks: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


@frozen(kw_only=True)
class Command:
    """A command that a plugin adds to the command line; `target` is `module:attribute`, imported when it is used."""

    plugin: str
    name: str
    target: str

    def load(self) -> Any:
        """Import the command.

        Raises:
            PluginError: It cannot be imported.
        """
        module, _, attribute = self.target.partition(":")
        try:
            return getattr(importlib.import_module(module), attribute)
        except Exception as error:
            raise PluginError(self.plugin, f"its command {self.name!r} cannot be imported: {error}") from error


@frozen(kw_only=True)
class Registry:
    """What plugins offer, family by family, each record behind the guard. Nothing is added once it is made.

    Attributes:
        plugins: Every plugin found, by name.
        troubles: What is wrong with some of them, or with what the settings say about them.
        breakers: By plugin and hook.
    """

    plugins: tuple[Plugin, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    channels: tuple[Guarded[Channel], ...] = ()
    categorisers: tuple[Guarded[Categoriser], ...] = ()
    escalation_rules: tuple[Guarded[EscalationRule], ...] = ()
    rotas: tuple[Guarded[Rota], ...] = ()
    notifiers: tuple[Guarded[Notifier], ...] = ()
    reports: tuple[Guarded[Report], ...] = ()
    exporters: tuple[Guarded[Exporter], ...] = ()
    customers: tuple[Guarded[CustomerSource], ...] = ()
    observers: tuple[Guarded[Observer], ...] = ()
    fields: tuple[Guarded[CustomField], ...] = ()
    rule_packs: tuple[Guarded[RulePack], ...] = ()
    commands: tuple[Command, ...] = ()
    breakers: Mapping[tuple[str, str], Breaker] = field(factory=lambda: MappingProxyType({}), repr=False)
    aparts: tuple[Apart, ...] = field(default=(), repr=False)

    @classmethod
    def empty(cls) -> "Registry":
        """Return a registry without any plugin."""
        return cls()

    def set_breaker(self, plugin: str, hook: str, open_until: datetime | None) -> None:
        """Take over what another worker found about a plugin's hook; unknown ones are passed over."""
        breaker = self.breakers.get((plugin, hook))
        if breaker is not None:
            breaker.open_until = open_until

    def close(self) -> None:
        """End the processes of plugins that run apart; a call after that starts its process again."""
        for apart in self.aparts:
            apart.close()
