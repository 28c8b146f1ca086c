"""complaintkit for plugin authors: the records, what goes into them, and `hookimpl`.

Hosts that embed complaintkit use `complaintkit.app`. Importing this package loads neither SQLAlchemy nor click.
"""

from complaintkit.case.fields import CustomField
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Basis, Severity, Suggestion
from complaintkit.clocks.rules import Span
from complaintkit.counts import Count, Counted, ReportRequest, Table
from complaintkit.errors import (
    ComplaintError,
    ComplaintKitError,
    NotAllowed,
    NotFound,
    PluginError,
    SettingsError,
    Stale,
    StoreError,
)
from complaintkit.families import (
    Call,
    CaseView,
    Categoriser,
    Change,
    Channel,
    Customer,
    CustomerQuery,
    CustomerSource,
    Escalation,
    EscalationRule,
    Exporter,
    Lesson,
    Level,
    Notifier,
    Observer,
    Report,
    Review,
    Rota,
    Unreadable,
)
from complaintkit.hooks import hookimpl
from complaintkit.message import Attachment, Delivery, Envelope, Message, Notice, Person
from complaintkit.policy.packs import PackCalendar, RulePack
from complaintkit.policy.standards import For, Rung, Standard
from complaintkit.settings.rule_packs import read_rule_pack

__version__ = "0.1.0"

__all__ = [
    "Attachment",
    "Basis",
    "Call",
    "CaseView",
    "Categoriser",
    "Change",
    "Channel",
    "ComplaintError",
    "ComplaintKitError",
    "Count",
    "Counted",
    "CustomField",
    "Customer",
    "CustomerQuery",
    "CustomerSource",
    "Delivery",
    "Envelope",
    "Escalation",
    "EscalationRule",
    "Exporter",
    "For",
    "Lesson",
    "Level",
    "Message",
    "NotAllowed",
    "NotFound",
    "Notice",
    "Notifier",
    "Observer",
    "PackCalendar",
    "Person",
    "PluginError",
    "Report",
    "ReportRequest",
    "Review",
    "Rota",
    "RulePack",
    "Rung",
    "SettingsError",
    "Severity",
    "Span",
    "Stage",
    "Stale",
    "Standard",
    "StoreError",
    "Suggestion",
    "Table",
    "Unreadable",
    "__version__",
    "hookimpl",
    "read_rule_pack",
]
