"""One plugin, from its object to checked records: in our process, or in the child where it runs."""

import inspect
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import attrs
import pluggy
from attrs import frozen

import complaintkit
from complaintkit import hooks
from complaintkit.errors import SettingsError
from complaintkit.guard.answer import NoAnswer
from complaintkit.guard.here import pressed, said
from complaintkit.guard.shape import Misfit, checker
from complaintkit.registry.calls import HOOKS, Family, family_of
from complaintkit.registry.versions import REQUIRES, misfit
from complaintkit.settings import did_you_mean, structure

T = TypeVar("T")
MOST: Final = 200
_SPECIFIED: Final = tuple(name for name in vars(hooks) if name.startswith("complaintkit_"))
FIX: Final = "fix the plugin, or tell its author"


class Refused(Exception):
    """Why a plugin is set aside, and what to do about it."""

    def __init__(self, why: str, remedy: str = FIX) -> None:
        super().__init__(why)
        self.why = why
        self.remedy = remedy


@frozen(kw_only=True)
class Prepared:
    """What a plugin offers.

    Attributes:
        hooks: The hooks it implements, by name.
        records: Family and record, in the order they were yielded.
        commands: Name and target of each command.
        version: What it says of itself, if anything.
    """

    hooks: tuple[str, ...]
    records: tuple[tuple[Family, Any], ...]
    commands: tuple[tuple[str, str], ...]
    version: str = ""


def careful(doing: str, work: Callable[[], T]) -> T:
    """Return what a piece of a plugin's code gives.

    Raises:
        Refused: It failed, however it did.
    """
    pid = os.getpid()
    try:
        return work()
    except (Refused, SettingsError):
        raise
    except BaseException as error:
        if os.getpid() != pid:
            os._exit(1)
        if isinstance(error, KeyboardInterrupt) and pressed(error):
            raise
        raise Refused(f"{doing}: {error.problem if isinstance(error, NoAnswer) else said(error)}") from None


def prepare(plugin: Any, name: str, own: Mapping[str, Any], folder: Path, version: str) -> Prepared:
    """Register a plugin, check it, read its settings and collect its records.

    Args:
        plugin: A module, an object, or a class, of which one instance is made.
        name: Its name, under which its settings stand.
        own: Its table of the settings.
        folder: Where relative paths in it count from.
        version: Version of the core.

    Raises:
        Refused: It cannot be used.
    """
    if inspect.isclass(plugin):
        plugin = careful("it cannot be made", plugin)
    fits(getattr(plugin, REQUIRES, ""), version)
    manager = pluggy.PluginManager(hooks.PROJECT)
    manager.add_hookspecs(hooks)
    callers = _registered(manager, plugin)
    settings = _settings(callers, name, own, folder)
    records: list[tuple[Family, Any]] = []
    for hook in HOOKS:
        if hook in callers:
            records += careful(hook, lambda hook=hook: list(_records(hook, callers[hook](settings=settings))))  # type: ignore[misc]
    commands: tuple[tuple[str, str], ...] = ()
    if (hook := "complaintkit_commands") in callers:
        commands = careful(hook, lambda: tuple(_commands(callers[hook]())))
    said_version = getattr(plugin, "__version__", "")
    if said_version is complaintkit.__version__:  # `from complaintkit import *` brought ours along
        said_version = ""
    return Prepared(
        hooks=tuple(sorted(callers)), records=tuple(records), commands=commands,
        version=said_version if type(said_version) is str else "",
    )  # fmt: skip


def fits(required: object, version: str) -> None:
    """Check a requirement of the plugin on the core.

    Raises:
        Refused: It cannot be read, or is not satisfied.
    """
    if type(required) is not str:
        raise Refused(f"its {REQUIRES} is no text")
    try:
        why = misfit(required, version)
    except ValueError as error:
        raise Refused(f"its requirement on complaintkit cannot be read: {error}") from None
    if why:
        raise Refused(why, "update complaintkit" if "this complaintkit" in why else "install a newer one of the plugin")


def _registered(manager: pluggy.PluginManager, plugin: Any) -> Mapping[str, Any]:
    for name in _SPECIFIED:
        found = careful(name, lambda name=name: getattr(plugin, name, None))  # type: ignore[misc]
        if callable(found) and not hasattr(found, f"{hooks.PROJECT}_impl"):
            raise Refused(f"{name} is not marked as a hook", f"write @hookimpl above {name}")
    try:
        careful("it cannot be registered", lambda: manager.register(plugin))
    except Refused as refused:
        # pluggy refuses arguments that the specification does not have; our own check says it in our words.
        _checked_signatures(_marked(plugin))
        raise refused from None
    callers = {caller.name: caller for caller in manager.get_hookcallers(plugin) or ()}
    for name, caller in callers.items():
        if not caller.has_spec():
            raise Refused(f"there is no hook {name!r}; {did_you_mean(name, _SPECIFIED)}", "write the hook's right name")
        for impl in caller.get_hookimpls():
            if impl.hookwrapper or impl.wrapper or impl.tryfirst or impl.trylast:
                raise Refused(
                    f"{name} asks to wrap others or to come before or after them, which no plugin may",
                    "write @hookimpl alone above it",
                )
    manager.check_pending()
    _checked_signatures((name, caller.get_hookimpls()[0].function) for name, caller in callers.items())
    if not callers:
        raise Refused("it implements no hook", "write @hookimpl above its functions; examples are in the documentation")
    return callers


def _marked(plugin: Any) -> Iterator[tuple[str, Any]]:
    for name in _SPECIFIED:
        found = getattr(plugin, name, None)
        if callable(found):
            yield name, found


def _checked_signatures(functions: Iterable[tuple[str, Any]]) -> None:
    for name, function in functions:
        allowed = tuple(inspect.signature(getattr(hooks, name)).parameters)
        takes = " and ".join(f"`{one}`" for one in allowed)
        remedy = f"write `def {name}({', '.join(allowed)})`" + (f" or `def {name}()`" if allowed else "")
        if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
            raise Refused(f"{name} is asynchronous; hooks are plain functions", remedy)
        for one in inspect.signature(function).parameters.values():
            if one.name not in allowed or one.kind is not one.POSITIONAL_OR_KEYWORD or one.default is not one.empty:
                raise Refused(f"{name} may take {takes or 'nothing'} and not `{one}`", remedy)


def _settings(callers: Mapping[str, Any], name: str, own: Mapping[str, Any], folder: Path) -> Any:
    hook = "complaintkit_settings"
    found = careful(hook, callers[hook]) if hook in callers else []
    try:
        if not found:
            for key in own:
                raise SettingsError(f"plugins.{name}.{key}", "this plugin takes no settings; take the key out")
            return None
        if not inspect.isclass(found[0]) or not attrs.has(found[0]):
            raise Refused(f"{hook} must return an attrs class, not {type(found[0]).__name__}")
        return careful(hook, lambda: structure(found[0], own, f"plugins.{name}", folder))
    except SettingsError as error:
        raise Refused(f"its settings are wrong: {error}", f"correct {error.path} in the settings file") from None


def _records(hook: str, answers: list[Any]) -> Iterator[tuple[Family, Any]]:
    for record in _several(answers):
        family = family_of(record, hook)
        if family is None:
            raise Refused(f"{hook} yielded {type(record).__name__!s:.60}, which is no record of this hook")
        for one in family.plain:
            kind: Any = one.type
            try:
                checker(kind)(getattr(record, one.name))
            except Misfit as misfit:
                where = f"{type(record).__name__}.{one.name}{misfit.path}"
                raise Refused(f"{hook} yielded a record whose {where} is {misfit}, not {misfit.expected}") from None
        yield family, record


def _several(answers: list[Any]) -> Iterator[Any]:
    for answer in answers:
        for place, one in enumerate(() if answer is None else answer):
            if place >= MOST:
                raise Refused(f"it yielded more than {MOST} records")
            yield one


def _commands(answers: list[Any]) -> Iterator[tuple[str, str]]:
    for one in _several(answers):
        if type(one) is not tuple or [type(part) for part in one] != [str, str] or ":" not in one[1]:
            raise Refused("complaintkit_commands must yield pairs of a name and `module:attribute`")
        yield one
