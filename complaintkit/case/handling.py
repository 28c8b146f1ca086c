"""How it is worked on: processing information."""

from datetime import datetime

from attrs import field, frozen, validators

from complaintkit.case.approvals import Approval, Draft, Used
from complaintkit.case.costs import Cost
from complaintkit.case.escalations import Escalation
from complaintkit.case.guides import Tension, Tick
from complaintkit.case.investigating import Attribution, Investigation
from complaintkit.case.ownership import Offer, Responsible, Tenure
from complaintkit.case.secrecy import Unsealing
from complaintkit.case.tasks import Task
from complaintkit.checks import aware


@frozen(kw_only=True)
class Handling:
    """How it is worked on: processing information; one group of a complaint.

    Attributes:
        tenures: Who owned it from when to when; empty while its first owner has it, see `ownership.tenures`.
        offers: To whom it was offered, and what became of that.
        responsible: Whose problem it is, with the evidence; the latest finding holds.
        handlers: Names and roles that alone, with the owner, may know of it while it is confidential.
        unsealings: Who asked to see a sealed identity, and who allowed it.
        codes: How often its follow-up code was renewed.
        draft: Who drafted the decision, and what there is beside its words.
        approvals: Every approval that was asked for or given.
        used: The competence the latest response went out with.
        investigations: What was found out, or why nothing had to be.
        attributions: What failures in our own handling came from.
        costs: Time and money that was spent.
        first_contact: Whether it was settled when it was first heard.
        tasks: What departments and people are asked for.
        ticks: Items of guides that were seen to, the latest answer of each.
        tensions: How tense it was, from the first sign on; the last one is how it is now.
        situations: Special situations the case is in.
        spoken: Situations that a rule has found once; it does not speak again.
        rules, no_rules: Rule packs that hold, or do not hold, because a person said so.
        escalations: Who higher up was asked for or called, and what became of that.
        registered_at: When it was put on file as a complaint, for the first time.
        channels: By which channels the complainant wrote after the first message, each once, in the order they came.
    """

    tenures: tuple[Tenure, ...] = ()
    offers: tuple[Offer, ...] = ()
    responsible: tuple[Responsible, ...] = ()
    handlers: tuple[str, ...] = ()
    unsealings: tuple[Unsealing, ...] = ()
    codes: int = 0
    draft: Draft | None = None
    approvals: tuple[Approval, ...] = ()
    used: Used | None = None
    investigations: tuple[Investigation, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    costs: tuple[Cost, ...] = ()
    first_contact: bool = False
    tasks: tuple[Task, ...] = ()
    ticks: tuple[Tick, ...] = ()
    tensions: tuple[Tension, ...] = ()
    situations: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    no_rules: tuple[str, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    registered_at: datetime | None = field(default=None, validator=validators.optional(aware))
    channels: tuple[str, ...] = ()
