"""Bodies outside the organisation to which a complainant can go: where, how long, and what has to be said about it."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from attrs import field, frozen, validators

from complaintkit.case.external import BodyKind
from complaintkit.checks import frozen_mapping
from complaintkit.clocks.rules import Span
from complaintkit.policy.templates import fill

_BLANKS: Final = re.compile(r" {2,}")


@frozen(kw_only=True)
class Body:
    """A body outside: ombudsman, regulator, court, or one for settling disputes without a court.

    Attributes:
        code: Short name for the settings.
        kind: `ombudsman`, `regulator`, `court` or `adr`.
        name, address, website: As complainants read them.
        window: How long after the final response the complainant may go there; `None` for no end that we state.
        categories: Only for complaints about these; empty for all.
        texts: What the response says about it, by language, instead of the common text; places are `{name}`,
            `{address}`, `{website}`, and `{until}` where it has a window.
        source, checked: Where it was read, and when somebody last looked whether it still holds.
    """

    code: str = field(validator=validators.min_len(1))
    kind: BodyKind = BodyKind.OMBUDSMAN
    name: str
    address: str = ""
    website: str = ""
    window: Span | None = None
    categories: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    source: str = ""
    checked: str = ""


@frozen(kw_only=True)
class Referral:
    """Which bodies the organisation tells its complainants of.

    Attributes:
        use: Codes of the bodies in force here, in the order in which they are named; what is shipped is only a stock.
        from_round: From which answer on they are named: 1 for every final response, 2 for the answer to a review.
        dated, undated: The common text by language, for a body with a window and for one without.
        bodies: The stock.
    """

    use: tuple[str, ...] = ()
    from_round: int = 1
    dated: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    undated: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    bodies: tuple[Body, ...] = ()

    def body(self, code: str) -> Body | None:
        """Return a body of the stock, by its code or its name; or `None`."""
        return next((one for one in self.bodies if code in (one.code, one.name)), None)

    def in_force(self, category: str) -> tuple[Body, ...]:
        """Return the bodies that a complaint of a category may be taken to."""
        found = (one for code in self.use if (one := self.body(code)))
        return tuple(one for one in found if not one.categories or category in one.categories)

    def told(self, body: Body, languages: tuple[str, ...], until: datetime | None) -> str:
        """Return what the response says about a body, in the first of several languages there is a text in.

        Raises:
            SettingsError: The text has a place for which there is no fact.
        """
        texts = body.texts or (self.dated if until else self.undated)
        text = next((texts[one] for one in (*languages, *texts) if one in texts), "{name} {address} {website}")
        facts = {"name": body.name, "address": body.address, "website": body.website}
        filled = fill(text, facts | ({"until": until.strftime("%Y-%m-%d")} if until else {}))
        return _BLANKS.sub(" ", filled).strip()
