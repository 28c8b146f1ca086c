"""complaintkit for plugin authors: the records, what goes into them, and `hookimpl`.

Hosts that embed complaintkit use `complaintkit.app`. Importing this package loads neither SQLAlchemy nor click.
"""

from complaintkit.case.fields import CustomField
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Severity, Suggestion
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
    CaseView,
    Call,
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
    Notifier,
    Level,
    Observer,
    Report,
    Review,
    Unreadable,
    Rota,
)
from complaintkit.hooks import hookimpl
from complaintkit.message import Attachment, Delivery, Envelope, Message, Notice, Person

__version__ = "0.1.0"

__all__ = [
    "Attachment",
    "CaseView",
    "Categoriser",
    "Change",
    "Channel",
    "Basis",
    "Call",
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
    "Lesson",
    "Message",
    "NotAllowed",
    "NotFound",
    "Notice",
    "Notifier",
    "Level",
    "Observer",
    "Person",
    "PluginError",
    "Report",
    "ReportRequest",
    "Review",
    "SettingsError",
    "Severity",
    "Stage",
    "Stale",
    "StoreError",
    "Suggestion",
    "Rota",
    "RulePack",
    "Rung",
    "Table",
    "Unreadable",
    "__version__",
    "hookimpl",
]
