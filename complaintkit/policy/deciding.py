"""Deciding: the reasons that a decision can give, and what has to be found out before one is drafted."""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import field, frozen, validators

from complaintkit.case.complaint import Complaint
from complaintkit.case.investigating import investigated
from complaintkit.case.parts import Outcome, Severity
from complaintkit.checks import frozen_mapping
from complaintkit.errors import SettingsError
from complaintkit.policy.templates import fill

Structure = Callable[[type[Any], Mapping[str, Any], str], Any]


@frozen(kw_only=True)
class Ground:
    """A reason why a complaint, or a point of it, is decided as it is.

    Attributes:
        code: Stable code, kept on the cases.
        label: As the complainant reads it, per language.
        outcomes: Decisions it can be given for; empty for all.
    """

    code: str = field(validator=validators.min_len(1))
    label: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    outcomes: tuple[Outcome, ...] = ()

    def words(self, language: str) -> str:
        """Return the label in a language, in English, or the code."""
        return self.label.get(language) or self.label.get("en") or self.code


@frozen(kw_only=True)
class Word:
    """A short piece of text that notices about decisions are put together from.

    Attributes:
        code: What it stands for, such as `remedy.refund`.
        label: The text per language; places are `{what}`, `{sum}` ...
    """

    code: str = field(validator=validators.min_len(1))
    label: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)


@frozen(kw_only=True)
class Deciding:
    """What a decision has to rest on.

    Attributes:
        investigate: Severities of which an investigation, or a reasoned decision against one, must be on file before
            a decision is drafted.
        grounds, words: See there.
    """

    investigate: tuple[Severity, ...] = (Severity.HIGH, Severity.CRITICAL)
    grounds: tuple[Ground, ...] = ()
    words: tuple[Word, ...] = ()

    def say(self, code: str, language: str, **facts: str) -> str:
        """Return a piece of text in a language, in English, or the last part of its code.

        Raises:
            SettingsError: The text has a place for which there is no fact.
        """
        found = next((one for one in self.words if one.code == code), None)
        plain = code.rpartition(".")[2].replace("_", " ")
        return fill(found.label.get(language) or found.label.get("en") or plain, facts) if found else plain

    def owed(self, case: Complaint) -> str:
        """Return what has to be found out before this case is decided; empty if nothing has."""
        if case.severity not in self.investigate or investigated(case):
            return ""
        return f"its severity is {case.severity}, and nobody has put down what was found"

    def ground(self, code: str) -> Ground | None:
        """Return the ground of a code, or `None`."""
        return next((one for one in self.grounds if one.code == code), None)

    def unfit(self, code: str, outcome: str) -> str:
        """Return why a code cannot be given for a decision; empty if it can."""
        ground = self.ground(code)
        if ground is None:
            known = ", ".join(one.code for one in self.grounds) or "none; list them under [[policy.deciding.grounds]]"
            return f"there is no reason code {code!r}; there are: {known}"
        if ground.outcomes and outcome not in ground.outcomes:
            return f"reason code {code} goes with {', '.join(ground.outcomes)}, not with {outcome}"
        return ""


def read_deciding(raw: Mapping[str, Any], structure: Structure) -> Deciding:
    """Return what decisions rest on, from its table.

    Args:
        raw: The table `[policy.deciding]`, over what is shipped; its list `grounds` replaces the shipped one.
        structure: Turns a raw table into a class and tells the path of what is wrong.

    Raises:
        SettingsError: Something in it is unknown or of the wrong kind, or a code stands twice.
    """
    deciding: Deciding = structure(Deciding, raw, "policy.deciding")
    codes = [one.code for one in deciding.grounds]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise SettingsError("policy.deciding.grounds", f"{', '.join(twice)} stands there twice")
    return deciding
