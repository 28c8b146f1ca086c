"""What a kit offers to try a change before it is made: past cases gone through under other settings or plugins."""

import tomllib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from attrs import evolve

from complaintkit.builtin import BUILTINS
from complaintkit.checks import moment
from complaintkit.errors import PluginError, SettingsError
from complaintkit.families import Categoriser, EscalationRule, Rota
from complaintkit.guard import Guarded
from complaintkit.kit.assembly import plugin_settings, policy_of
from complaintkit.policy import Policy
from complaintkit.registry import Plugin, Registry, load_registry
from complaintkit.replay import Regime, Trial, Which, replayed, shadowed
from complaintkit.settings import KitSettings, Settings, did_you_mean, read, structure
from complaintkit.store.port import Store

R = TypeVar("R", EscalationRule, Rota)
Report = Callable[[int], None]
# Of [kit], what has to do with how complaints are handled; the rest says where things are.
OF_KIT: Final = ("organisation", "contact", "languages", "zone")


def _nobody(seen: int) -> None:
    """Tell nobody."""


class Replaying(ABC):
    """The part of a kit that tries things out; it writes nothing and sends nothing."""

    settings: Settings
    clock: Callable[[], datetime]
    _handed: tuple[object, ...]

    @property
    @abstractmethod
    def policy(self) -> Policy:
        """How complaints are handled here."""

    @property
    @abstractmethod
    def store(self) -> Store:
        """Where everything is kept."""

    def replay(
        self,
        policy: Path | str | Mapping[str, Any] | None = None,
        *,
        plugins: Sequence[object] = (),
        categoriser: str = "",
        alone: bool = False,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
        now: datetime | None = None,
        report: Report = _nobody,
    ) -> Trial:
        """Return what would have happened in past cases under another policy, or with other plugins.

        What came from outside and what people did stays as it is on file; what follows from policy and time is worked
        out anew, by the code that does so every day. Categorisers are asked about cases whose category a person
        decided. With nothing to try, the present policy is held against what is on file.

        Args:
            policy: A settings file, or its tables; laid over the present settings, key by key. `None` tries no other.
            plugins: Plugin files, or plugins of the host, whose escalation rules, rotas and categorisers are used
                besides the present ones; one of the same name takes the place of the present one.
            categoriser: Name of a categoriser that is here and not in use.
            alone: Take the file as it stands, and nothing from the present settings.
            since: Only cases received from here on, with time zone.
            until: Only cases received before.
            limit: So many cases at most, the newest.
            now: The moment up to which time goes by.
            report: Is told after each case how many were gone through; in a second run it begins with 1 again.

        Raises:
            SettingsError: Something in the file is wrong.
            PluginError: A plugin cannot be used, or no categoriser has this name.
        """
        tried = settings_over(self.settings, policy, alone=alone)
        which, at = Which(since=since, until=until, limit=limit), moment(now or self.clock())
        with ExitStack() as stack:
            new = stack.enter_context(_new(plugins, tried))
            present = stack.enter_context(self._loaded(self.settings))
            named = _called(categoriser, stack.enter_context(self._loaded(_unbound(tried)))) if categoriser else ()
            sorting, calling = (*new.categorisers, *named), bool(new.escalation_rules or new.rotas)
            replay = shadow = None
            if policy is not None or calling or not sorting:
                today, other = self._regime(self.settings, present), None
                if policy is not None or calling:
                    other = self._regime(tried, stack.enter_context(self._loaded(tried)), new)
                replay = replayed(self.store, today, other, which, at, report)
            if sorting:
                shadow = shadowed(self.store, present.categorisers, sorting, self.policy, which, at, report)
            return Trial(replay=replay, shadow=shadow)

    @contextmanager
    def _loaded(self, settings: Settings) -> Iterator[Registry]:
        """Load plugins once more: whatever fails among these is told to nobody, and no breaker of the desk moves."""
        with closing(load_registry(plugin_settings(settings), handed=self._handed)) as registry:
            yield registry

    def _regime(self, settings: Settings, registry: Registry, new: Registry | None = None) -> Regime:
        policy = policy_of(settings, registry)
        return Regime(
            policy=evolve(policy, archive=self.policy.archive, absences=self.policy.absences),
            rules=_with(registry.escalation_rules, new.escalation_rules if new else ()),
            rotas=_with(registry.rotas, new.rotas if new else ()),
            breakers=(*registry.breakers.values(), *(new.breakers.values() if new else ())),
        )


def _with(present: Sequence[Guarded[R]], new: Sequence[Guarded[R]]) -> tuple[Guarded[R], ...]:
    """Return records with new ones beside them; one of the same name takes the place of the present one."""
    names = [one.record.name for one in new]
    return tuple(one for one in present if one.record.name not in names) + tuple(new)


def _unbound(settings: Settings) -> Settings:
    """Return settings by which everything is used that is here."""
    return evolve(settings, plugins=evolve(settings.plugins, use=MappingProxyType({}), disable=()))


def settings_over(present: Settings, given: Path | str | Mapping[str, Any] | None, *, alone: bool = False) -> Settings:
    """Return settings with others laid over them: tables key by key, all else in place of what is there.

    Args:
        present: The present settings.
        given: A settings file, or its tables; of these `[policy]` counts, the sections of plugins, and what of `[kit]`
            has to do with how complaints are handled.
        alone: Take `[policy]` and the plugins' sections from the file only.

    Raises:
        SettingsError: The file cannot be read, or something in it is wrong.
    """
    if given is None:
        return present
    raw, folder = _tables(given)
    new = read(raw, folder)
    own = {name: value for name, value in raw.get("kit", {}).items() if name in OF_KIT}
    kit = structure(KitSettings, own, "kit")
    base = present.kit if not alone else evolve(KitSettings(), database=present.kit.database)
    sections = new.plugins.sections if alone else _laid(present.plugins.sections, new.plugins.sections)
    return evolve(
        present,
        kit=evolve(base, **{name: getattr(kit, name) for name in own}),
        plugins=evolve(present.plugins, sections=MappingProxyType(dict(sections))),
        policy=MappingProxyType(dict(new.policy if alone else _laid(present.policy, new.policy))),
    )


def _tables(given: Path | str | Mapping[str, Any]) -> tuple[Mapping[str, Any], Path]:
    if isinstance(given, Mapping):
        return given, Path()
    path = Path(given)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), path.resolve().parent
    except OSError as error:
        raise SettingsError(str(path), f"cannot be read ({error.strerror}); name a settings file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(str(path), f"is not in TOML form: {error}") from error


def _laid(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table with another laid over it."""
    laid = dict(below)
    for name, value in above.items():
        there = laid.get(name)
        laid[name] = _laid(there, value) if isinstance(there, Mapping) and isinstance(value, Mapping) else value
    return laid


@contextmanager
def _new(plugins: Sequence[object], settings: Settings) -> Iterator[Registry]:
    """Load plugins by themselves, with the settings they have.

    Raises:
        PluginError: One of them is not there, or cannot be used.
    """
    files = [one for one in plugins if isinstance(one, Path)]
    for path in files:
        if not path.is_file():
            raise PluginError(path.name, f"there is no file {path}.", "Check the path.")
    wanted = evolve(
        settings.plugins, files=tuple(path.resolve() for path in files), discover=False, use=MappingProxyType({}),
        disable=BUILTINS,
    )  # fmt: skip
    handed = tuple(one for one in plugins if not isinstance(one, Path))
    with closing(load_registry(wanted, handed=handed)) as registry:
        for one in registry.plugins:
            if one.origin != "built-in" and one.state != "ready":
                raise _unusable(one, registry)
        yield registry


def _unusable(plugin: Plugin, registry: Registry) -> PluginError:
    trouble = next((one for one in registry.troubles if one.plugin == plugin.name), None)
    if trouble is not None:
        return PluginError(plugin.name, f"it cannot be tried: {trouble.why}.", f"{trouble.remedy}.")
    return PluginError(plugin.name, "a plugin that comes with complaintkit has this name.", "Give it another.")


def _called(name: str, registry: Registry) -> tuple[Guarded[Categoriser], ...]:
    found = tuple(one for one in registry.categorisers if one.record.name == name)
    if not found:
        known = (one.record.name for one in registry.categorisers)
        raise PluginError(name, f"there is no categoriser of this name; {did_you_mean(name, known)}")
    return found
