"""What calls somebody higher up of itself: rules of the policy, and the words for them."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen, validators

from complaintkit.case.escalations import REQUEST, Escalation, Line
from complaintkit.case.parts import Severity
from complaintkit.case.repeats import RepeatKind
from complaintkit.checks import frozen_mapping
from complaintkit.clocks.rules import Span
from complaintkit.errors import SettingsError
from complaintkit.policy.chains import LEAD, OWNER, ROTA, nobody
from complaintkit.policy.deciding import Word
from complaintkit.policy.standards import For

if TYPE_CHECKING:
    from complaintkit.policy.policy import Policy

Structure = Callable[[type[Any], Mapping[str, Any], str], Any]
PATH: Final = "policy.escalations"
_NUMBER: Final = "a whole number from 1 up"
# What a trigger can look at, and what may stand after the colon; an empty text means nothing, a star means that it may
# be left out.
SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "severity": ", ".join(Severity),
        "repeat": f"{_NUMBER}, or {', '.join(RepeatKind)}",
        "channel_hop": _NUMBER,
        "channel": "a channel or a kind of channel",
        "reach": f"{_NUMBER}*",
        "publish": "",
        "situation": "a special situation",
        "tension": _NUMBER,
        "reopened": _NUMBER,
        REQUEST: "",
    }
)


@frozen(kw_only=True)
class Trigger(For):
    """What calls somebody higher up of itself; once in a case, whatever becomes of that.

    Attributes:
        name: As it stands in case files.
        on: What it looks at, such as `severity:critical`, `repeat:2`, `channel_hop:3`, `situation:media`; see `SIGNS`.
            `request` looks at nothing: it says whom a request calls.
        to: Whom it calls: `lead` for whoever is above the owner, a role, or a name.
        line: Whether that is somebody above, or another speciality.
        level: Which level that is; 0 for the place on the ladder.
        acknowledge_within: By when they have to have seen it; where it is not given, as the standard says.
        urgent: Whether it waits for nobody's working hours; what is critical never does.
        enabled: Whether it is in force.
        label: What it says on notices, by language.
    """

    name: str = field(validator=validators.min_len(1))
    on: str
    to: str = field(default=LEAD, validator=validators.min_len(1))
    line: Line = Line.HIERARCHICAL
    level: int = field(default=0, validator=validators.ge(0))
    acknowledge_within: Span | None = None
    urgent: bool = False
    enabled: bool = True
    label: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    # What `on` says, worked out once: what it looks at, what stands after the colon, and that as a number, 1 for none.
    sign: str = field(init=False, eq=False, repr=False)
    value: str = field(init=False, eq=False, repr=False)
    number: int = field(init=False, eq=False, repr=False)

    @sign.default
    def _before_the_colon(self) -> str:
        return self.on.partition(":")[0]

    @value.default
    def _after_the_colon(self) -> str:
        return self.on.partition(":")[2]

    @number.default
    def _as_a_number(self) -> int:
        return int(self.value) if self.value.isdecimal() else 1


@frozen(kw_only=True)
class Escalations:
    """What brings an escalation about, and the words for it.

    Attributes:
        triggers: See there.
        told: Short texts: what stands on notices where no rule called, and what a complainant reads who asked for
            somebody higher up.
    """

    triggers: tuple[Trigger, ...] = ()
    told: tuple[Word, ...] = ()

    def trigger(self, name: str) -> Trigger | None:
        """Return the trigger of a name, or `None`."""
        return next((one for one in self.triggers if one.name == name), None)

    def say(self, code: str, *languages: str) -> str:
        """Return a short text in the first of these languages that has it; the code itself where none has."""
        words = next((one.label for one in self.told if one.code == code), {})
        return next((words[one] for one in (*languages, *words) if words.get(one)), code)

    def why(self, escalation: Escalation, *languages: str) -> str:
        """Return in a few words why somebody is called, as it stands on notices."""
        triggers = (self.trigger(name) for name in escalation.rules)
        labels = [_label(one, languages) for one in triggers if one]
        code = "complainant" if escalation.complainant else escalation.trigger
        return "; ".join(labels) or self.say(code, *languages)


def _label(trigger: Trigger, languages: tuple[str, ...]) -> str:
    return next((trigger.label[one] for one in (*languages, "en") if trigger.label.get(one)), trigger.on)


def read_escalations(shipped: Mapping[str, Any], given: Mapping[str, Any], structure: Structure) -> Escalations:
    """Return what brings escalations about.

    Args:
        shipped: What comes with complaintkit.
        given: The table `[policy.escalations]`; what it names changes what is shipped key by key, and adds what is new.
        structure: Turns a raw table into a class and tells the path of what is wrong.

    Raises:
        SettingsError: Something is unknown or of the wrong kind.
    """
    if unknown := sorted(set(given) - {"triggers", "told"}):
        raise SettingsError(f"{PATH}.{unknown[0]}", "there is no such key; there are triggers and told")
    triggers = _merged(shipped["triggers"], given.get("triggers", {}), f"{PATH}.triggers")
    told = _merged(shipped["told"], given.get("told", {}), f"{PATH}.told")
    return Escalations(
        triggers=tuple(
            structure(Trigger, {**table, "name": name}, f"{PATH}.triggers.{name}") for name, table in triggers.items()
        ),
        told=tuple(
            structure(Word, {"code": code, "label": words}, f"{PATH}.told.{code}") for code, words in told.items()
        ),
    )


def _merged(shipped: Mapping[str, Any], given: object, path: str) -> dict[str, dict[str, Any]]:
    merged = {name: dict(table) for name, table in shipped.items()}
    for name, table in _table(given, path).items():
        merged[name] = {**merged.get(name, {}), **_table(table, f"{path}.{name}")}
    return merged


def _table(value: object, path: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise SettingsError(path, f"must be a table; write [{path}] and its keys below")
    return value


def check_signs(escalations: Escalations, situations: Collection[str]) -> None:
    """Refuse a trigger that looks at nothing there is.

    Args:
        escalations: What brings escalations about.
        situations: The special situations that are known.

    Raises:
        SettingsError: What it looks at, or what stands after the colon, is none of the words there are.
    """
    words: Mapping[str, Collection[str]] = {
        "severity": tuple(Severity), "repeat": tuple(RepeatKind), "situation": situations,
    }  # fmt: skip
    for one in escalations.triggers:
        path, may = f"{PATH}.triggers.{one.name}.on", SIGNS.get(one.sign)
        if may is None:
            raise SettingsError(path, f"{one.on!r} begins with none of {', '.join(SIGNS)}")
        if not _fits(one, may, words.get(one.sign, ())):
            may = ", ".join(situations) if one.sign == "situation" else may.rstrip("*")
            told = f"a colon and {may}" if may else "nothing"
            raise SettingsError(path, f"{one.on!r} does not fit; after {one.sign} comes {told}")


def _fits(trigger: Trigger, may: str, words: Collection[str]) -> bool:
    value = trigger.value
    if not value:
        return ":" not in trigger.on and (not may or may.endswith("*"))
    if trigger.sign == "channel" or value in words:
        return True
    return _NUMBER in may and value.isdecimal() and int(value) > 0


def check_called(policy: "Policy") -> None:
    """Refuse a trigger that calls nobody.

    Raises:
        SettingsError: There is neither a person nor a role of that name, or it can be called by a clock only.
    """
    for one in policy.escalations.triggers:
        why = nobody(one.to, policy)
        if one.to in (OWNER, ROTA):
            why = f"{one.to!r} can be called by the chain of a clock only; name lead, a role or a person"
        if why:
            raise SettingsError(f"{PATH}.triggers.{one.name}.to", why)
