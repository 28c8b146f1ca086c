"""What acting gives back of a confidential case: no more than a look would, and like one."""

from typing import Any

import pytest

from complaintkit.app import actions

from .test_secrecy import complaint, desk


@pytest.mark.parametrize("secret", [actions.Restrict, actions.Seal])
def test_acting_tells_no_more_of_a_confidential_case_than_a_look(secret: type[Any]) -> None:
    """With a reason it is a look, on file; without one it is done, and only stage and owner come back."""
    with desk() as opened:
        reference = complaint(opened)
        opened.act(reference, secret(reason="x"), by="irina")
        back = opened.seen_by("irina").act(reference, actions.Note(text="seen"))
        assert (reference, "irina", "", "") == (back.reference, back.owner, str(back.narrative), back.contact)
        assert ("", ()) == (back.complainant.name, back.clocks)
        kinds = [one.entry.kind for one in opened.file(reference)]
        assert "noted" == kinds[-1]
        back = opened.seen_by("irina", reason="to answer").act(reference, actions.Note(text="again"))
        assert "They cheat" in str(back.narrative)
        assert ("Zinaida Quokkova" if secret is actions.Restrict else "") == back.complainant.name
        entries: list[Any] = [one.entry for one in opened.file(reference)]
        assert ["noted", "looked"] == [one.kind for one in entries[-2:]]
        assert ("irina", "case", "to answer") == (entries[-1].by, entries[-1].what, str(entries[-1].reason))
        assert back.version == opened.case(reference).version
