"""Reads a policy: what is shipped, and over it what `[policy]` of the settings file says."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from complaintkit.case.parts import ANSWERS
from complaintkit.clocks.calendar import Calendar
from complaintkit.clocks.reading import calendar_of
from complaintkit.errors import SettingsError
from complaintkit.policy.access import check_permissions
from complaintkit.policy.afterwards import read_afterwards
from complaintkit.policy.categories import UNSORTED, Category
from complaintkit.policy.chains import check_chains
from complaintkit.policy.competence import read_competence
from complaintkit.policy.deciding import read_deciding
from complaintkit.policy.escalations import check_called
from complaintkit.policy.fields import read_fields
from complaintkit.policy.packs import OFFICE, Wanted, check_counted
from complaintkit.policy.policy import Policy
from complaintkit.policy.repeats import SPANS
from complaintkit.policy.telling import check_telling
from complaintkit.policy.templates import Template
from complaintkit.policy.usable import check_usable
from complaintkit.policy.work_reading import read_work

Structure = Callable[[type[Any], Mapping[str, Any], str], Any]
_MORE: Final = ("field", "object")


@frozen(kw_only=True)
class _Text:
    subject: str
    body: str


@frozen(kw_only=True)
class _Kind:
    clock: Literal[
        "acknowledgement", "first_response", "final_response", "follow_up", "interim",
        "hand_over", "task", "lasting_task", "approval", "acceptance", "closing", "review",
        "referral", "referral_window",
        "demand_refund", "demand_exchange", "demand_repair", "demand_price_cut", "demand_cancellation",
        "demand_penalty", "demand_moral_damage", "demand_information", "demand_apology", "demand_other",
        "commitment", "contact", "cause", "finding", "need", "escalation",
        "review_acknowledgement", "survey", "survey_reminder", "summary_resolution", "registration",
    ]  # fmt: skip


def read(raw: Mapping[str, Any], structure: Structure) -> Policy:
    """Return the policy.

    Args:
        raw: The table `[policy]` of the settings file; what it names replaces what is shipped, table by table.
        structure: Turns a raw table into a class and tells the path of what is wrong; see `complaintkit.settings`.

    Raises:
        SettingsError: Something in the table is unknown or of the wrong kind.
    """
    given = dict(raw)
    own = "categories" in given
    categories = _categories(given.pop("categories"), structure) if own else _shipped_categories(structure)
    texts = _table(given.pop("templates", {}), "policy.templates")
    templates = {**_shipped_texts(structure), **_texts(texts, structure)}
    zone = _zone(given.pop("zone", "UTC"))
    calendars = _calendars(_table(given.pop("calendars", {}), "policy.calendars"), zone)
    wanted = _wanted(_table(given.pop("rules", {}), "policy.rules"), structure)
    fields = _table(given.pop("fields", {}), "policy.fields")
    spans = dict.fromkeys(SPANS, given.get("repeat_within", _shipped("standards")["repeat_within"]))
    given["repeats"] = {**spans, **_shipped("repeats"), **_table(given.get("repeats", {}), "policy.repeats")}
    permissions = _shipped("permissions")["permissions"]
    permissions = {**permissions, **_table(given.pop("permissions", {}), "policy.permissions")}
    given.setdefault("causes", _shipped("causes")["cause"])
    competence = {**_shipped("competence"), **_table(given.pop("competence", {}), "policy.competence")}
    deciding = {**_shipped("deciding"), **_table(given.pop("deciding", {}), "policy.deciding")}
    afterwards = _table(given.pop("afterwards", {}), "policy.afterwards")
    work = read_work(given, structure)
    words = {**_shipped("status"), **_table(given.pop("status", {}), "policy.status")}
    given["status"] = [{"stage": stage, "words": told} for stage, told in words.items()]
    given["staff"] = _staff(given.get("staff", {}))
    policy: Policy = structure(Policy, {**_shipped("standards"), **given, "permissions": permissions}, "policy")
    roles = policy.roles | {one.name for one in work["departments"]}
    policy = evolve(policy, roles=roles, escalations=work.pop("escalations"))
    _check(policy, structure)
    check_counted(policy.standards, {one.name for one in calendars}, policy.calendar, "policy.standards")
    check_telling(policy.telling, policy.staff, {one.name for one in calendars})
    codes = [*(one.code for one in categories), UNSORTED]
    return evolve(
        policy,
        zone=zone,
        calendars=calendars,
        wanted=wanted,
        competence=read_competence(competence, structure, codes),
        deciding=read_deciding(deciding, structure),
        afterwards=read_afterwards(_shipped("afterwards"), afterwards, structure),
        **work,
        fields=read_fields(fields, structure, codes),
        categories=categories,
        templates=tuple(
            Template(occasion=occasion, language=language, subject=text.subject, body=text.body.strip() + "\n")
            for (occasion, language), text in templates.items()
        ),
    )


def _check(policy: Policy, structure: Structure) -> None:
    policy.roster.check()
    if policy.absences:
        raise SettingsError("policy.absences", "comes from the desk; plan absences in [policy.staff.NAME] away")
    if not 0 <= policy.threshold <= 1:
        raise SettingsError("policy.threshold", f"{policy.threshold:g} is no score; write a number from 0 to 1")
    if not policy.languages:
        raise SettingsError("policy.languages", 'is empty; name at least the language to fall back on, such as ["en"]')
    check_permissions(policy.permissions, {one.name: one.roles for one in policy.staff}, policy.roles)
    codes = {one.code for one in policy.causes}
    for place, cause in enumerate(policy.causes):
        if cause.parent and cause.parent not in codes:
            raise SettingsError(f"policy.causes[{place}].parent", f"there is no cause {cause.parent!r}")
    for place, standard in enumerate(policy.standards):
        structure(_Kind, {"clock": standard.clock}, f"policy.standards[{place}]")
        if standard.interim and standard.clock not in ANSWERS:
            problem = f"a holding notice tells of an answer, and {standard.clock} asks for none; leave it out"
            raise SettingsError(f"policy.standards[{place}].interim", problem)
    check_chains(policy)
    check_called(policy)
    check_usable(policy)


@cache  # two readings per kit, and many kits in a test run; whoever gets it changes nothing in it
def _shipped(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files("complaintkit.policy") / "defaults" / f"{name}.toml").read_text("utf-8"))


@cache
def _shipped_texts(structure: Structure) -> Mapping[tuple[str, str], _Text]:
    found: dict[str, Any] = {}
    for file in (files("complaintkit.policy") / "defaults" / "templates").iterdir():
        if file.name.endswith(".toml"):
            found |= tomllib.loads(file.read_text("utf-8"))
    return _texts(found, structure)


@cache
def _shipped_categories(structure: Structure) -> tuple[Category, ...]:
    return _categories(_shipped("categories")["category"], structure)


def _categories(tables: object, structure: Structure) -> tuple[Category, ...]:
    places = ((f"policy.categories[{place}]", table) for place, table in enumerate(_list(tables, "policy.categories")))
    return tuple(structure(Category, _category(table, path), path) for path, table in places)


def _staff(tables: object) -> list[dict[str, Any]]:
    """Return the members of staff; each is a table under its name."""
    staff = _table(tables, "policy.staff")
    return [{**_table(member, f"policy.staff.{name}"), "name": name} for name, member in staff.items()]


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (KeyError, ValueError, OSError):
        raise SettingsError("policy.zone", f"{name!r} is no time zone; write one such as 'Asia/Manila'") from None


def _calendars(tables: Mapping[str, Any], zone: ZoneInfo) -> tuple[Calendar, ...]:
    """Return the calendars of working time; the common one is there without being named."""
    raw = {OFFICE: _shipped("calendars")[OFFICE], **tables}
    return tuple(
        calendar_of(name, {"zone": str(zone), **_table(table, f"policy.calendars.{name}")})
        for name, table in raw.items()
    )


def _wanted(tables: Mapping[str, Any], structure: Structure) -> tuple[Wanted, ...]:
    return tuple(
        structure(Wanted, {**_table(table, f"policy.rules.{name}"), "name": name}, f"policy.rules.{name}")
        for name, table in tables.items()
    )


def _table(value: object, path: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        # TOML has no header for one place in a list.
        form = "{ ... } with its keys inside" if "[" in path else f"[{path}] and its keys below"
        raise SettingsError(path, f"must be a table; write {form}")
    return value


def _list(value: object, path: str) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise SettingsError(path, "must be a list, such as [...]")
    return value


def _texts(tables: Mapping[str, Any], structure: Structure) -> dict[tuple[str, str], _Text]:
    found: dict[tuple[str, str], _Text] = {}
    for occasion, languages in tables.items():
        if occasion == "version":
            continue
        path = f"policy.templates.{occasion}"
        for language, text in _table(languages, path).items():
            found[occasion, language] = structure(_Text, text, f"{path}.{language}")
    return found


def _category(table: object, path: str) -> dict[str, Any]:
    given = _table(table, path)
    plain = {key: value for key, value in given.items() if key not in _MORE}
    plain["labels"] = plain.pop("label", plain.get("labels", {}))
    words = _table(given.get("words", {}), f"{path}.words")
    plain["words"] = [
        _word(language, pair, f"{path}.words.{language}[{place}]")
        for language, pairs in words.items()
        for place, pair in enumerate(_list(pairs, f"{path}.words.{language}"))
    ]
    return plain


def _word(language: str, pair: object, path: str) -> dict[str, Any]:
    match pair:
        case [str(stem), int() | float() as weight] if stem.strip() and not isinstance(weight, bool):
            return {"language": language, "stem": stem, "weight": weight}
        case _:
            raise SettingsError(path, 'must be a keyword and its weight, such as ["late deliver", 4]')
