"""Reads what a policy says about departments, special situations, guides, escalations, and what comes before a step."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from complaintkit.case.actions.outstanding import CHECKS, LEVELS, STEPS
from complaintkit.errors import SettingsError
from complaintkit.policy.departments import Department
from complaintkit.policy.escalations import check_signs, read_escalations
from complaintkit.policy.guides import Guide
from complaintkit.policy.situations import Situation
from complaintkit.policy.style import Style

Structure = Callable[[type[Any], Mapping[str, Any], str], Any]
KEYS: Final = ("departments", "situations", "guides", "checks", "style", "escalations")
_KINDS: Final[Mapping[str, tuple[type[Any], str]]] = MappingProxyType(
    {"departments": (Department, "name"), "situations": (Situation, "name"), "guides": (Guide, "code")}
)


def read_work(given: dict[str, Any], structure: Structure) -> dict[str, Any]:
    """Return this part of a policy, by the names of its fields; its keys are taken out of what is given.

    Args:
        given: The table `[policy]`; what it names changes what is shipped key by key, and adds what is new.
        structure: Turns a raw table into a class and tells the path of what is wrong.

    Raises:
        SettingsError: Something is unknown or of the wrong kind.
    """
    read: dict[str, Any] = {}
    for key in KEYS:
        table = _table(given.pop(key, {}), f"policy.{key}")
        read[key] = _part(key, table, structure) if table else _as_shipped(key, structure)
    _check(read["situations"], read["departments"], read["guides"])
    check_signs(read["escalations"], [one.name for one in read["situations"]])
    return read


@cache
def _as_shipped(key: str, structure: Structure) -> Any:
    """Return a part nobody has changed; read once, for there are many guides and many kits in a test run."""
    return _part(key, {}, structure)


def _part(key: str, given: Mapping[str, Any], structure: Structure) -> Any:
    path = f"policy.{key}"
    if key == "style":
        shipped = {name: value for name, value in _shipped("style").items() if name != "version"}
        return structure(Style, {**shipped, **given}, path)
    if key == "escalations":
        return read_escalations(_shipped(key), given, structure)
    tables = _merged(_shipped_guides() if key == "guides" else _shipped(key)[key], given, path)
    if key == "checks":
        return dict(_checks(tables))
    kind, name = _KINDS[key]
    return tuple(_each(kind, tables, path, name, structure))


def _shipped(name: str) -> dict[str, Any]:
    return tomllib.loads((files("complaintkit.policy") / "defaults" / f"{name}.toml").read_text("utf-8"))


def _shipped_guides() -> dict[str, Any]:
    folder = files("complaintkit.policy") / "defaults" / "guides"
    texts = sorted((file.name, file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".toml"))
    return {name.removesuffix(".toml"): tomllib.loads(text) for name, text in texts}


def _merged(shipped: Mapping[str, Any], given: Mapping[str, Any], path: str) -> dict[str, dict[str, Any]]:
    merged = {name: dict(table) for name, table in shipped.items() if isinstance(table, Mapping)}
    for name, table in given.items():
        merged[name] = {**merged.get(name, {}), **_table(table, f"{path}.{name}")}
    return merged


def _each(
    kind: type[Any], tables: Mapping[str, Mapping[str, Any]], path: str, key: str, structure: Structure
) -> Iterator[Any]:
    for name, table in tables.items():
        yield structure(kind, {**table, key: name}, f"{path}.{name}")


def _checks(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for step, levels in tables.items():
        if step not in STEPS:
            raise SettingsError(f"policy.checks.{step}", f"is no step that looks; there are {', '.join(STEPS)}")
        for check, level in levels.items():
            if check not in CHECKS:
                raise SettingsError(f"policy.checks.{step}.{check}", f"is no check; there are {', '.join(CHECKS)}")
            if level not in LEVELS:
                raise SettingsError(f"policy.checks.{step}.{check}", f"{level!r} is none of {', '.join(LEVELS)}")
            yield f"{step}.{check}", level


def _check(situations: tuple[Situation, ...], departments: tuple[Department, ...], guides: tuple[Guide, ...]) -> None:
    names = [one.name for one in departments]
    for situation in situations:
        if situation.opinion and situation.opinion.who not in names:
            path = f"policy.situations.{situation.name}.opinion.who"
            raise SettingsError(path, f"there is no department {situation.opinion.who!r}; there are {', '.join(names)}")
    known = {one.name for one in situations}
    for guide in guides:
        for place, when in ((f"policy.guides.{guide.code}.when", guide.when), *_places(guide)):
            if unknown := sorted({*when.situations} - known):
                raise SettingsError(f"{place}.situations", f"there is no situation {unknown[0]!r}")


def _places(guide: Guide) -> Iterator[tuple[str, Any]]:
    for place, item in enumerate(guide.item):
        yield f"policy.guides.{guide.code}.item[{place}].when", item.when


def _table(value: object, path: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise SettingsError(path, f"must be a table; write [{path}] and its keys below")
    return value
