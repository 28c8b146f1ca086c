"""The families: which hook yields which records, and what each of their callables takes and gives."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs
from attrs import frozen

from complaintkit import families
from complaintkit.case.fields import CustomField
from complaintkit.case.parts import Suggestion
from complaintkit.counts import ReportRequest, Table
from complaintkit.guard.limits import ANSWER, LARGE
from complaintkit.guard.shape import Shape
from complaintkit.message import Delivery, Envelope, Message, Notice
from complaintkit.policy.packs import RulePack


@frozen(kw_only=True)
class Callee:
    """One callable of a record.

    Attributes:
        shape: What it takes and gives.
        main: It is what the record is for; the others' failures are told with their name after the hook's.
        acts: It does something outside.
        bytes_from_outside: It reads what strangers sent, so it gets a process of its own, apart even from the plugin's.
    """

    shape: Shape
    main: bool = True
    acts: bool = False
    bytes_from_outside: bool = False


@frozen(kw_only=True)
class Family:
    """A family of records.

    Attributes:
        name: As in the settings and on the registry.
        hook: The hook that yields them.
        record: Their class.
        calls: Their callables by name.
    """

    name: str
    hook: str
    record: Any
    calls: Mapping[str, Callee]

    @property
    def plain(self) -> tuple["attrs.Attribute[Any]", ...]:
        """Return the fields of the record that are no callables."""
        return tuple(one for one in attrs.fields(self.record) if one.name not in self.calls)

    def reported(self, callable_name: str) -> str:
        """Return how a callable is called where its failures are told."""
        return self.hook if self.calls[callable_name].main else f"{self.hook}.{callable_name}"


def _call(name: str, takes: Any, gives: Any, many: bool = False, **more: bool) -> tuple[str, Callee]:
    return name, Callee(shape=Shape(takes=takes, gives=gives, many=many, most=LARGE.get(name, ANSWER)), **more)


def _family(name: str, hook: str, record: Any, *calls: tuple[str, Callee]) -> Family:
    return Family(name=name, hook=f"complaintkit_{hook}", record=record, calls=MappingProxyType(dict(calls)))


_ALL: Final = (
    _family(
        "channels", "channels", families.Channel,
        _call("parse", Envelope, Message, bytes_from_outside=True),
        _call("identify", bytes, str, main=False, bytes_from_outside=True),
        _call("fetch", None, Envelope, main=False),
        _call("confirm", Envelope, None, main=False, acts=True),
    ),
    _family(
        "categorisers", "categorisers", families.Categoriser,
        _call("suggest", families.CaseView, Suggestion, many=True),
        _call("learn", families.Lesson, None, main=False, acts=True),
    ),
    _family(
        "escalation_rules", "escalation_rules", families.EscalationRule,
        _call("check", families.Review, families.Escalation | None),
    ),
    _family("rotas", "rotas", families.Rota, _call("on_call", families.Call, str, many=True)),
    _family("notifiers", "notifiers", families.Notifier, _call("send", Notice, Delivery, acts=True)),
    _family("reports", "reports", families.Report, _call("compile", ReportRequest, Table)),
    _family("exporters", "reports", families.Exporter, _call("write", Table, bytes)),
    _family(
        "customers", "customers", families.CustomerSource,
        _call("find", families.CustomerQuery, families.Customer | None),
    ),
    _family("observers", "observers", families.Observer, _call("see", families.Change, None, acts=True)),
    _family("fields", "fields", CustomField),
    _family("rule_packs", "rule_packs", RulePack),
)  # fmt: skip
FAMILIES: Final[Mapping[str, Family]] = MappingProxyType({family.name: family for family in _ALL})
HOOKS: Final = tuple(dict.fromkeys(family.hook for family in _ALL))


def family_of(record: object, hook: str = "") -> Family | None:
    """Return the family of a record, among those that a hook yields; `None` if it is no record of these."""
    return next((one for one in _ALL if type(record) is one.record and hook in ("", one.hook)), None)
