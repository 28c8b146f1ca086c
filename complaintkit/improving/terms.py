"""What an organisation lays down for its improvements: windows, shares, and how long word may take."""

from attrs import field, frozen, validators

_DAYS = (validators.ge(1), validators.le(3660))
_SHARE = (validators.gt(0.0), validators.le(1.0))


@frozen(kw_only=True)
class Improving:
    """How improvements are followed up. All figures are our choice and can be changed; lengths are in days.

    Attributes:
        window: How long complaints are counted before a measure and after it.
        lag: How long after a measure complaints are not counted: they still come from before.
        required: By what share the rate has to fall, above 0 and at most 1.
        least: Fewer complaints than this in the window before prove nothing by becoming fewer.
        again: Until when a measure that did not work has to be done anew.
        judgement: How long somebody may take to judge what the figures could not.
        decision: How long a suggestion or a finding may wait to be accepted or turned down.
        answer: How long somebody who was told may take to answer.
        receipt: How long recipients and readers may take to confirm.
        grace: How many days after a session its notes and results may still come in.
        warn: Share of the time after which owner and deputy are reminded, from 0 to 1; 1 for never.
        topics: What trainings are about; others may be named all the same.
        need: Share of complaints gone wrong from which on a training is proposed.
    """

    window: int = field(default=90, validator=_DAYS)
    lag: int = field(default=14, validator=(validators.ge(0), validators.le(3660)))
    required: float = field(default=0.5, validator=_SHARE)
    least: int = field(default=5, validator=validators.ge(1))
    again: int = field(default=14, validator=_DAYS)
    judgement: int = field(default=7, validator=_DAYS)
    decision: int = field(default=7, validator=_DAYS)
    answer: int = field(default=7, validator=_DAYS)
    receipt: int = field(default=5, validator=_DAYS)
    grace: int = field(default=0, validator=(validators.ge(0), validators.le(366)))
    warn: float = field(default=0.75, validator=(validators.ge(0.0), validators.le(1.0)))
    topics: tuple[str, ...] = ("product", "communication", "conflict", "stress")
    need: float = field(default=0.2, validator=_SHARE)
