"""Reads a policy: what is shipped, and over it what `[policy]` of the settings file says."""

import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import evolve

from complaintkit.errors import SettingsError
from complaintkit.policy.categories import Category
from complaintkit.policy.policy import Policy
from complaintkit.policy.templates import Template

Structure = Callable[[type[Any], Mapping[str, Any], str], Any]
_MORE = ("field", "object")


def read(raw: Mapping[str, Any], structure: Structure) -> Policy:
    """Return the policy.

    Args:
        raw: The table `[policy]` of the settings file; what it names replaces what is shipped, table by table.
        structure: Turns a raw table into a class and tells the path of what is wrong; see `complaintkit.settings`.

    Raises:
        SettingsError: Something in the table is unknown or of the wrong kind.
    """
    given = dict(raw)
    shipped = _shipped("standards")
    categories = given.pop("categories", None) or _shipped("categories")["category"]
    templates = _texts(_shipped("templates")) | _texts(given.pop("templates", {}))
    zone = given.pop("zone", "UTC")
    policy: Policy = structure(Policy, {**shipped, **given}, "policy")
    return evolve(
        policy,
        zone=_zone(zone),
        categories=tuple(
            structure(Category, _category(table), f"policy.categories[{place}]")
            for place, table in enumerate(categories)
        ),
        templates=tuple(
            Template(occasion=occasion, language=language, subject=text["subject"], body=text["body"].strip() + "\n")
            for (occasion, language), text in templates.items()
        ),
    )


def _shipped(name: str) -> dict[str, Any]:
    return tomllib.loads((files("complaintkit.policy") / "defaults" / f"{name}.toml").read_text("utf-8"))


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError):
        raise SettingsError("policy.zone", f"{name!r} is no time zone; write one such as 'Asia/Manila'") from None


def _texts(tables: Mapping[str, Any]) -> dict[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for occasion, languages in tables.items():
        if occasion == "version":
            continue
        for language, text in languages.items():
            if set(text) != {"subject", "body"} or not all(isinstance(part, str) for part in text.values()):
                raise SettingsError(f"policy.templates.{occasion}.{language}", "needs exactly a subject and a body")
            found[occasion, language] = text
    return found


def _category(table: Mapping[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in table.items() if key not in _MORE}
    plain["labels"] = plain.pop("label", plain.get("labels", {}))
    plain["words"] = [
        {"language": language, "stem": stem, "weight": weight}
        for language, words in dict(table.get("words", {})).items()
        for stem, weight in words
    ]
    return plain
