"""How a complaint stands, in words for the complainant."""

from collections.abc import Mapping

from attrs import field, frozen

from complaintkit.case.lifecycle import Stage
from complaintkit.checks import frozen_mapping


@frozen(kw_only=True)
class StageWords:
    """What a stage means for the complainant, by language."""

    stage: Stage
    words: Mapping[str, str] = field(converter=frozen_mapping)

    def told(self, *languages: str) -> str:
        """Return the words in the first of these languages that has any, else in whichever there is."""
        known = (self.words[one] for one in (*languages, *self.words) if self.words.get(one))
        return next(known, self.stage.value.replace("_", " "))
