"""Special situations: by what each is told, and whose opinion it calls for. Legal is one of them."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from attrs import field, frozen

from complaintkit.case.complaint import Complaint
from complaintkit.case.external import Dispute, standing_of
from complaintkit.case.parts import Severity
from complaintkit.case.tasks import TaskKind
from complaintkit.checks import frozen_mapping

# What is said beyond this many signs tells nothing that was not said before.
_LONGEST: Final = 20_000


@frozen(kw_only=True)
class Opinion:
    """What a situation asks of a department by itself.

    Attributes:
        who: The department.
        kind: What is asked for; an opinion has to be there before the complaint is answered.
        text: The question, by language.
        show: What the department gets to see besides.
    """

    who: str
    kind: TaskKind = TaskKind.OPINION
    text: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    show: tuple[str, ...] = ("title", "words", "category", "received")


@frozen(kw_only=True)
class Situation:
    """A situation in which more has to be done than usual.

    Any one of the signs is enough. A rule speaks once in a case; a person can note or lift a situation at any time.

    Attributes:
        name: As it stands in case files: `legal`, `media`, `threat` ...
        label: What people read, by language.
        words: By language, stems that give it away where they stand at the beginning of a word.
        categories: Categories in which it always holds.
        severities: Severities with which it always holds.
        demands: Kinds of demand by which it holds, such as `penalty`.
        amounts: By currency, the sum from which a demand brings it about.
        disputes: How far the matter has to have gone: `pre_trial`, `court` ...
        reach: How many people have to have seen it in public; 0 for never.
        needs: Whether it holds for somebody who needs support.
        opinion: What it asks of a department by itself; `None` for nothing.
    """

    name: str
    label: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    words: Mapping[str, tuple[str, ...]] = field(factory=dict, converter=frozen_mapping)
    categories: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    demands: tuple[str, ...] = ()
    amounts: Mapping[str, float] = field(factory=dict, converter=frozen_mapping)
    disputes: tuple[Dispute, ...] = ()
    reach: int = 0
    needs: bool = False
    opinion: Opinion | None = None
    # Worked out once: every complaint is looked through for them.
    stems: tuple[str, ...] = field(init=False, eq=False, repr=False)

    @stems.default
    def _longest_first(self) -> tuple[str, ...]:
        stems = {normal(stem) for stems in self.words.values() for stem in stems}
        return tuple(sorted(stems, key=lambda stem: (-len(stem), stem)))


def sign_of(situation: Situation, case: Complaint, texts: Iterable[str]) -> str:
    """Return by what a situation shows in a case, in words for the file; empty if it does not show.

    Args:
        situation: The situation.
        case: The case.
        texts: What the complainant said that was not looked at before, as `normal` gives it.
    """
    if case.category and case.category in situation.categories:
        return f"category {case.category}"
    if case.severity in situation.severities:
        return f"severity {case.severity}"
    return _demanded(situation, case) or _standing(situation, case) or _said(situation, texts)


def _demanded(situation: Situation, case: Complaint) -> str:
    for demand in case.matter.demands:
        if demand.kind in situation.demands:
            return f"{demand.name} is {demand.kind}"
        limit = situation.amounts.get(demand.money.currency) if demand.money else None
        if demand.money and limit is not None and demand.money.amount >= limit:
            return f"{demand.name} is about {demand.money}"
    return ""


def _standing(situation: Situation, case: Complaint) -> str:
    dispute, reach = standing_of(case), case.matter.telling.reach
    if dispute in situation.disputes:
        return f"the dispute is {dispute}"
    if situation.reach and reach and reach.people >= situation.reach:
        return f"{reach.people} people have seen it"
    return "somebody needs support" if situation.needs and case.matter.needs else ""


def _said(situation: Situation, texts: Iterable[str]) -> str:
    for text in texts:
        # To look for a few dozen plain words is ten times as fast as a pattern of them, and hardly ever finds one.
        for stem in (stem for stem in situation.stems if stem in text):
            if re.search(rf"(?<!\w){re.escape(stem)}", text):
                return f"says {stem!r}"
    return ""


def normal(text: str) -> str:
    """Return a text as stems are compared: lower case, ё as е, straight apostrophes, single spaces."""
    return " ".join(text[:_LONGEST].casefold().replace("ё", "е").replace("’", "'").split())
