"""Who takes part: parties and their history, who may speak for whom, to whom notices go, and complaints for others."""

from datetime import timedelta
from typing import Any

import pytest

from complaintkit import Message, NotAllowed, Person
from complaintkit.case.actions import AddParty, ChangeParty, RemoveParty, Represent
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import KINDS
from complaintkit.case.parties import Party, PartyKind, PartyRole, addressee
from complaintkit.notices.base import route
from tests.house.kits import MONDAY, folded, kinds, kit, said

from .cases import ANNA, T0, act, decided, hours, registered

NOW = T0 + hours(1)
BORIS = {"full_name": "Boris", "email": "boris@example.org"}


def with_boris(**more: Any) -> Complaint:
    """Return a case in which Boris takes part as a representative."""
    return act(registered(), AddParty(role="representative", **{**BORIS, **more}), NOW)


def only(case: Complaint) -> Party:
    """Return the only party of a case."""
    (party,) = case.matter.parties
    return party


def test_somebody_takes_part() -> None:
    """A party has a name within the case, a role, and a sealed person."""
    party = only(with_boris(kind="business", language="ru", prefers="phone"))
    assert ("party-1", PartyRole.REPRESENTATIVE, PartyKind.BUSINESS) == (party.name, party.role, party.kind)
    assert (Person(name="Boris", email="boris@example.org"), "complainant") == (party.who, party.represents)
    assert "Boris" not in repr(party)


def test_what_is_known_of_a_party_grows() -> None:
    """Changing a party keeps what is not said."""
    case = act(with_boris(), ChangeParty(party="party-1", address="1 High Street", reachable="no"), NOW)
    party = only(case)
    assert (Person(name="Boris", email="boris@example.org", address="1 High Street"), False) == (
        party.who,
        party.reachable,
    )


def test_the_complainant_is_changed_like_a_party() -> None:
    """A misheard number, the language and the preferred way of the complainant are put right."""
    case = act(registered(), ChangeParty(phone="+63 2 8123", prefers="phone", language="fil", kind="business"), NOW)
    assert (ANNA.email, "+63 2 8123", "fil") == (case.complainant.email, case.complainant.phone, case.language)
    assert ("phone", PartyKind.BUSINESS) == (case.matter.prefers, case.matter.complainant)


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (AddParty(role="witness"), "nothing is known"),
        (AddParty(role="king", full_name="x"), "none of complainant"),
        (AddParty(role="witness", full_name="x", prefers="pigeon"), "none of"),
        (AddParty(role="representative", full_name="x", represents="party-7"), "none of complainant"),
        (ChangeParty(party="party-1"), "nothing would change"),
        (ChangeParty(party="party-1", full_name="Boris"), "nothing would change"),
        (ChangeParty(party="party-8", full_name="x"), "none of party-1"),
        (ChangeParty(role="witness"), "no other role"),
        (RemoveParty(party="party-1", reason=" "), "reason"),
        (Represent(party="party-1", evidence=""), "evidence"),
        (Represent(party="party-1", represents="party-1", evidence="x"), "none of complainant"),
        (Represent(party="party-1", evidence="x", until=T0), "in the future"),
    ],
)
def test_what_cannot_be_of_a_party_is_refused(action: Any, words: str) -> None:
    """A refusal names what is wrong."""
    with pytest.raises(NotAllowed, match=words):
        decided(with_boris(), action, NOW)


def test_nobody_is_represented_by_somebody_who_cannot_be_reached() -> None:
    """Notices go nowhere if the representative cannot be reached; then the complainant keeps them."""
    case = act(registered(), AddParty(role="representative", customer="C-1"), NOW)
    with pytest.raises(NotAllowed, match="could be reached"):
        decided(case, Represent(party="party-1", evidence="power of attorney"), NOW)
    after = act(case, Represent(party="party-1", evidence="power of attorney", notices=False), NOW)
    assert "Anna" == addressee(after, NOW).person.name


def test_notices_go_to_the_representative_once_the_right_is_shown() -> None:
    """Before that, for notices kept back, after its end, and once the party is out, they go to the complainant."""
    case = with_boris(language="ru")
    end = NOW + timedelta(days=5)
    shown = act(case, Represent(party="party-1", evidence="power of attorney", until=end), NOW)
    kept = act(case, Represent(party="party-1", evidence="power of attorney", notices=False), NOW)
    out = act(shown, RemoveParty(party="party-1", reason="fell out with each other"), NOW)
    mute = act(shown, ChangeParty(party="party-1", reachable="no"), NOW)
    to = addressee(shown, NOW)
    assert ("Boris", "ru", "party-1") == (to.person.name, to.language, to.party)
    for one, moment in ((case, NOW), (shown, end), (kept, NOW), (out, NOW), (mute, NOW)):
        assert ("Anna", "") == (addressee(one, moment).person.name, addressee(one, moment).party)


@pytest.mark.parametrize("change", [{"full_name": "Boris Junior"}, {"role": "witness"}, {"represents": "complainant"}])
def test_a_right_belongs_to_one_person_for_one_person(change: dict[str, str]) -> None:
    """Once it is somebody else, or in another role, the right has to be shown anew."""
    case = act(with_boris(), Represent(party="party-1", evidence="power of attorney"), NOW)
    keeps = change == {"represents": "complainant"}
    if keeps:
        change = {"language": "ru"}
    after = act(case, ChangeParty(party="party-1", **change), NOW)
    assert keeps is (only(after).authority is not None)


def test_whoever_is_taken_out_is_spoken_for_by_nobody() -> None:
    """The right to speak for a party ends with the party; the names of both are not used again."""
    case = act(with_boris(), AddParty(role="affected", full_name="Carla"), NOW)
    case = act(case, Represent(party="party-1", represents="party-2", evidence="is her father"), NOW)
    case = act(case, RemoveParty(party="party-2", reason="wants no part in it"), NOW)
    assert ("", None) == (only(case).represents, only(case).authority)
    assert "party-3" == act(case, AddParty(role="witness", full_name="Dora"), NOW).matter.parties[-1].name


@pytest.mark.parametrize(
    ("known", "by_letter", "way"),
    [
        ({"email": "a@b.example", "phone": "1"}, False, ("email", "a@b.example")),
        ({"email": "a@b.example", "phone": "1", "prefers": "phone"}, False, ("phone", "1")),
        ({"email": "a@b.example", "prefers": "phone"}, False, ("email", "a@b.example")),
        ({"phone": "1", "full_name": "Boris"}, True, ("letter", "Boris")),
        ({"phone": "1", "full_name": "Boris", "address": "1 High Street"}, True, ("letter", "Boris, 1 High Street")),
        ({"full_name": "Boris", "address": "1 High Street"}, False, ("letter", "Boris, 1 High Street")),
        ({"full_name": "Boris"}, False, None),
        (
            {"full_name": "Boris", "email": "a@b.example", "prefers": "letter", "address": "1"},
            False,
            ("letter", "Boris, 1"),
        ),
    ],
)
def test_somebody_is_written_to_by_the_way_they_prefer(known: dict[str, str], by_letter: bool, way: Any) -> None:
    """The preferred way comes first where it is known; a letter needs an address, or a letter that came with a name."""
    base = {"full_name": "", "email": ""} | known
    prefers = base.pop("prefers", "")
    person = Person(name=base.pop("full_name"), **base)
    case = registered()
    from attrs import evolve

    assert way == route(evolve(addressee(case, NOW), person=person, prefers=prefers), by_letter)


# --- a complaint for somebody else


def test_a_complaint_for_somebody_else_is_that_ones_complaint() -> None:
    """The one it is for is the complainant; who brings it takes part, and gets no notices before showing a right."""
    mother = said("My son was sent a broken kettle.", "mother")
    son = Person(name="Son", email="son@example.org")
    with kit() as desk:
        reference = desk.open(mother, on_behalf_of=son, channel="phone", by="irina").reference
        case = desk.case(reference)
        party = only(case)
        assert (son, "mother", True, "irina") == (case.complainant, party.who.name, party.brought, case.owner)
        assert "son@example.org" == addressee(case, MONDAY).person.email
        desk.act(reference, Represent(party="party-1", evidence="power of attorney of 1 March"), by="irina")
        assert "mother@example.org" == addressee(desk.case(reference), MONDAY).person.email
        assert desk.case(reference) == folded(desk.file(reference))


def test_the_words_of_who_may_not_speak_are_kept_and_nothing_follows() -> None:
    """Who brought a complaint for somebody else joins it unverified, until the right is shown."""
    with kit() as desk:
        reference = desk.open(said("Broken.", "mother"), on_behalf_of=Person(name="Son", phone="1")).reference
        more = said("It is still broken.", "mother", subject=f"Re: {reference}")
        assert reference == desk.open(more).reference
        desk.act(reference, Represent(party="party-1", evidence="power of attorney"), by="irina")
        desk.open(said("And now it burns.", "mother", subject=f"Re: {reference}"))
        filed = [one.entry for one in desk.file(reference) if one.entry.kind == "message_filed"]
    assert [False, True] == [entry.verified for entry in filed]  # type: ignore[attr-defined]


def test_a_stranger_still_does_not_join_by_a_reference() -> None:
    """Naming a reference is no proof for anybody who is no party."""
    with kit() as desk:
        reference = desk.open(said("Broken.", "mother"), on_behalf_of=Person(name="Son", phone="1")).reference
        assert reference != desk.open(said("Give it to me.", "stranger", subject=f"Re: {reference}")).reference


def test_the_same_words_for_two_people_are_two_complaints() -> None:
    """A carer who says the same for two people makes two complaints, also under one message identifier."""
    with kit() as desk:
        words = said("The food is cold.", "carer", message_id="<1@a>")
        first = desk.open(words, on_behalf_of=Person(name="One"), source_id="a")
        second = desk.open(words, on_behalf_of=Person(name="Two"), source_id="b")
        assert first.reference != second.reference


# --- told half, told to the end


def test_a_half_told_complaint_is_kept_and_registered_later() -> None:
    """It is on file with an owner and a next moment, promises nothing yet, and goes on when the rest is told."""
    start = Message(text="My kettle", sender=ANNA, unfinished=True)
    with kit() as desk:
        reference = desk.open(start, by="irina").reference
        case = desk.case(reference)
        assert ("received", "irina", ()) == (case.stage, case.owner, case.clocks)
        assert case.due_at is not None
        assert "registered" not in kinds(desk.file(reference))
        rest = Message(text="does not boil.", sender=ANNA, subject=f"Re: {reference}")
        assert reference == desk.open(rest).reference
        from complaintkit.app import actions

        after = desk.act(reference, actions.Register(), by="irina")
        assert ("registered", MONDAY) == (after.stage, after.named("first_response").started_at)  # type: ignore[union-attr]


def test_entries_about_parties_are_kinds() -> None:
    """Every entry about parties can be read from a file."""
    assert {"party_added", "party_changed", "party_removed", "represented"} <= set(KINDS)
