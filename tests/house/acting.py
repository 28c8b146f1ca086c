"""One way to make each action, from a case as it stands: for tests that let anything happen to a case.

A new action gets its line here; a test fails for one that has none. What it makes need not be allowed: a refusal is an
outcome, too. Where an action names something in the case, such as a task, take it from the case.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from complaintkit.case import actions as a
from complaintkit.case.actions import Action
from complaintkit.case.complaint import Complaint

DAY = timedelta(days=1)

OTHER = "CK-2222-2222"

WAYS: dict[str, Callable[[Complaint, datetime], Action]] = {
    "register": lambda case, now: a.Register(),
    "dismiss": lambda case, now: a.Dismiss(reason="advertising"),
    "assess": lambda case, now: a.Assess(category="refund", severity="high"),
    "assign": lambda case, now: a.Assign(owner=f"owner {now.hour % 3}", reason="knows the case"),
    "reply": lambda case, now: a.Reply(text="We are looking into it."),
    "wait": lambda case, now: a.Wait(until=now + 2 * DAY, reason="asked for a photo", waiting_for="third_party"),
    "resume": lambda case, now: a.Resume(),
    "propose": lambda case, now: a.Propose(outcome="upheld", remedy="refund", text="You are right."),
    "send_back": lambda case, now: a.SendBack(reason="no reasons given"),
    "respond": lambda case, now: a.Respond(),
    "resolve": lambda case, now: a.Resolve(evidence="said so on the telephone"),
    "close": lambda case, now: a.Close(),
    "reopen": lambda case, now: a.Reopen(reason="broke again"),
    "withdraw": lambda case, now: a.Withdraw(evidence="wrote so"),
    "link": lambda case, now: a.LinkTo(to=OTHER),
    "unlink": lambda case, now: a.Unlink(to=OTHER),
    "merge": lambda case, now: a.Merge(into=OTHER, reason="the same kettle"),
    "unmerge": lambda case, now: a.Unmerge(of=case.moved_to, reason="two kettles"),
    "split": lambda case, now: a.Split(text="And the shop was rude.", reason="another matter"),
    "forward": lambda case, now: a.Forward(respondent="the carrier", text="Please answer.", partly=now.hour % 2 == 0),
    "note": lambda case, now: a.Note(text="called, nobody there"),
}
