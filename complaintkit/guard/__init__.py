"""Calls to plugins: one call, one answer or one `Failure`. A plugin costs only its own answer."""

from complaintkit.guard.answer import Failure, Guarded, in_transaction, no_plugins

__all__ = ["Failure", "Guarded", "in_transaction", "no_plugins"]
