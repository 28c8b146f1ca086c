"""Every hook, asked through the registry as a plugin would implement it."""

import sys
from collections.abc import Iterable, Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from attrs import frozen

from complaintkit import (
    Categoriser,
    Change,
    Channel,
    Customer,
    CustomerQuery,
    CustomerSource,
    CustomField,
    Delivery,
    Envelope,
    Escalation,
    EscalationRule,
    Exporter,
    Message,
    Notifier,
    Observer,
    PluginError,
    Report,
    Rota,
    Suggestion,
    hookimpl,
)
from complaintkit.registry import Registry, load_registry
from complaintkit.settings import PluginsSettings
from complaintkit.testing import builders

NOW = builders.NOON


def loaded(**hooks: Any) -> Registry:
    """Return a registry with a plugin that has these hooks."""
    plugin = SimpleNamespace(**{f"complaintkit_{name}": hookimpl(hook) for name, hook in hooks.items()})
    registry = load_registry(
        PluginsSettings(sections={"simplenamespace": {"n": 3}} if "settings" in hooks else {}), handed=[plugin]
    )
    assert () == registry.troubles
    return registry


def ours(guarded: Iterable[Any]) -> Any:
    """Return the record of our plugin, guarded."""
    return next(one for one in guarded if one.plugin == "simplenamespace")


@frozen
class Settings:
    """One number."""

    n: int = 1


def test_hook_settings() -> None:
    """The class a plugin returns is filled from the settings file, and the other hooks get the instance."""
    registry = loaded(
        settings=lambda: Settings,
        categorisers=lambda settings: [Categoriser("c", lambda case: [Suggestion(f"n{settings.n}", 1)])],
    )
    assert (Suggestion("n3", 1.0),) == ours(registry.categorisers).ask("suggest", builders.a_case_view(), NOW)


def test_hook_channels() -> None:
    """A channel fetches, confirms, identifies and reads."""
    confirmed = []

    def fetch() -> Iterator[Envelope]:
        yield builders.an_envelope()

    channel = Channel(
        "c", lambda envelope: Message(text="read"), fetch=fetch, confirm=confirmed.append, identify=lambda raw: "id"
    )
    one = ours(loaded(channels=lambda: [channel]).channels)
    assert [builders.an_envelope()] == list(one.stream("fetch", NOW))
    assert one.ask("confirm", builders.an_envelope(), NOW) is None
    assert [builders.an_envelope()] == confirmed
    assert ("id", Message(text="read")) == (
        one.ask("identify", b"x", NOW),
        one.ask("parse", builders.an_envelope(), NOW),
    )


def test_hook_categorisers() -> None:
    """A categoriser suggests, and learns."""
    learnt: list[Any] = []
    record = Categoriser("c", lambda case: [Suggestion("late", 0.5)], learn=learnt.append)
    one = ours(loaded(categorisers=lambda: [record]).categorisers)
    assert (Suggestion("late", 0.5),) == one.ask("suggest", builders.a_case_view(), NOW)
    assert one.ask("learn", builders.a_lesson(), NOW) is None
    assert [builders.a_lesson()] == learnt


def test_hook_escalation_rules() -> None:
    """A rule calls for a level, or leaves it to others."""
    answer = Escalation(level=1, to="head", reason="late")
    record = EscalationRule("r", lambda review: answer if review.level == 0 else None)
    one = ours(loaded(escalation_rules=lambda: [record]).escalation_rules)
    assert answer == one.ask("check", builders.a_review(), NOW)
    assert one.ask("check", builders.a_review(level=1), NOW) is None


def test_hook_rotas() -> None:
    """A rota tells who is on call, several where there are several."""
    record = Rota("r", lambda call: ["anna", "boris"] if call.level else [])
    one = ours(loaded(rotas=lambda: [record]).rotas)
    assert ("anna", "boris") == one.ask("on_call", builders.a_call(), NOW)
    assert () == one.ask("on_call", builders.a_call(level=0), NOW)


def test_hook_notifiers() -> None:
    """A notifier says what became of a notice."""
    record = Notifier("n", ("email",), lambda notice: Delivery("sent", message_id=notice.id))
    one = ours(loaded(notifiers=lambda: [record]).notifiers)
    assert Delivery("sent", message_id=builders.a_notice().id) == one.ask("send", builders.a_notice(), NOW)


def test_hook_reports() -> None:
    """The hook yields reports and exporters alike, each in its family."""
    registry = loaded(
        reports=lambda: [
            Report("r", lambda request: builders.a_table()),
            Exporter("e", lambda table: table.title.encode(), ending="txt"),
        ]
    )
    table = ours(registry.reports).ask("compile", builders.a_report_request(), NOW)
    assert builders.a_table() == table
    assert b"Complaints" == ours(registry.exporters).ask("write", table, NOW)


def test_hook_customers() -> None:
    """A source finds a customer, or nobody."""

    def find(query: CustomerQuery) -> Customer | None:
        return Customer("7") if query.email else None

    one = ours(loaded(customers=lambda: [CustomerSource("s", find)]).customers)
    assert Customer("7") == one.ask("find", builders.a_customer_query(), NOW)
    assert one.ask("find", CustomerQuery(), NOW) is None


def test_hook_observers() -> None:
    """An observer is told; what it returns changes nothing."""
    seen: list[Change] = []
    one = ours(loaded(observers=lambda: [Observer("o", seen.append)]).observers)
    assert one.ask("see", builders.a_change(), NOW) is None
    assert [builders.a_change()] == seen


def test_hook_fields() -> None:
    """A field of a plugin is offered as it is, with its label in a language, else in English."""
    field = CustomField(name="warranty_until", type="date", labels={"en": "Warranty ends"}, required_for=("decision",))
    one = ours(loaded(fields=lambda: [field]).fields)
    assert (field, "Warranty ends") == (one.record, one.record.label("fil"))


def test_hook_rule_packs() -> None:
    """A rule pack is offered as it is; what it would never start sets its plugin aside."""
    pack = builders.a_rule_pack()
    one = ours(loaded(rule_packs=lambda: [pack]).rule_packs)
    assert pack == one.record


def test_hook_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command is listed by name, and its module is imported only when it is used."""
    registry = loaded(commands=lambda: [("greet", "test_commands_of_a_plugin:greet"), ("gone", "not_there:greet")])
    greet, gone = registry.commands
    assert ("simplenamespace", "greet") == (greet.plugin, greet.name)
    module = ModuleType("test_commands_of_a_plugin")
    module.greet = "a command"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "test_commands_of_a_plugin", module)
    assert "a command" == greet.load()
    with pytest.raises(PluginError, match="its command 'gone' cannot be imported"):
        gone.load()
