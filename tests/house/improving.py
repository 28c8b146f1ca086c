"""One way to open each kind of improvement and to ask for each action, for tests that try all of them."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from complaintkit.improving import actions
from complaintkit.improving.actions import Action, Opening

DAY = timedelta(days=1)
CATEGORY = "delivery-late"

# Each is given the moment, and the reference of an improvement that it may name.
OPENINGS: Mapping[str, Callable[[datetime, str], Opening]] = {
    "corrective_action": lambda now, other: actions.PlanMeasure(
        title="Two couriers", due=now + 20 * DAY, categories=(CATEGORY,), window=20, lag=3, owner="oleg",
        improvements=(other,),
    ),
    "review_circle": lambda now, other: actions.PlanCircle(
        title="Weekly look", deputy="oleg", first=now, unit="week", on="mon,thu", outputs=("volume",),
        recipients=("boss", "quality"),
    ),
    "suggestion": lambda now, other: actions.Suggest(title="Ask before closing", credit="anna"),
    "others_affected": lambda now, other: actions.FindOthers(
        title="Batch 77", due=now + 10 * DAY, criterion="bought batch 77 in March"
    ),
    "training": lambda now, other: actions.PlanTraining(
        title="Difficult calls", due=now + 30 * DAY, topics=("conflict",), participants=("anna", "oleg")
    ),
    "finding": lambda now, other: actions.ReportFinding(title="People wait too long", source="survey of March"),
    "procedure": lambda now, other: actions.LayDown(
        title="Fragile goods", text="Two boxes, always.", review=now + 180 * DAY, readers=("packing", "anna")
    ),
}  # fmt: skip

ACTIONS: Mapping[str, Callable[[datetime, str], Action]] = {
    "start": lambda now, other: actions.Start(),
    "implement": lambda now, other: actions.Implement(evidence="contract signed"),
    "expose": lambda now, other: actions.Expose(unit="parcels", before=Decimal(1000), after=Decimal("900.5")),
    "judge": lambda now, other: actions.Judge(verdict="ineffective", reason="they still call"),
    "trace": lambda now, other: actions.Trace(text="list kept by sales", found=40, reached=10, remedied=10),
    "complete": lambda now, other: actions.Complete(participants=("anna", "vera")),
    "accept": lambda now, other: actions.Accept(owner="oleg", due=now + 14 * DAY, deputy="anna"),
    "decline": lambda now, other: actions.Decline(reason="too dear"),
    "finish": lambda now, other: actions.Finish(text="done", improvements=(other,), despite="the rest moved away"),
    "drop": lambda now, other: actions.Drop(reason="the product is gone"),
    "hold": lambda now, other: actions.Hold(notes="nine complaints", decided=(other,)),
    "deliver": lambda now, other: actions.Deliver(output="volume", text="see the report"),
    "reschedule": lambda now, other: actions.Reschedule(first=now + 2 * DAY, unit="month", on="last fri", reason="few"),
    "publish": lambda now, other: actions.Publish(text="Two boxes and foam.", review=now + 90 * DAY),
    "retire": lambda now, other: actions.Retire(reason="not needed any more"),
    "postpone": lambda now, other: actions.Postpone(due=now + 40 * DAY, reason="supplier is late"),
    "assign": lambda now, other: actions.Assign(owner="vera", deputy="igor", reason="knows it"),
    "link": lambda now, other: actions.Link(improvements=(other,), categories=("refund",)),
    "attach": lambda now, other: actions.Attach(text="photo of the new boxes"),
    "tell": lambda now, other: actions.Tell(to="packing", text="Half of the cups arrive broken."),
    "confirm": lambda now, other: actions.Confirm(),
    "answer": lambda now, other: actions.Answer(text="We try two boxes."),
    "remark": lambda now, other: actions.Remark(text="seen"),
}

# Who asks: what was told to somebody is confirmed and answered by nobody else.
PEOPLE = ("irina", "oleg", "packing", "boss", "anna")
