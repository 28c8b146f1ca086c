"""Reading envelopes, and finding where a message belongs."""

from attrs import evolve

from complaintkit import Channel, Envelope, Message, Person, Stage, Unreadable
from complaintkit.case import reference as references
from complaintkit.case.entries import Registered, RepeatFound
from complaintkit.guard import Failure
from complaintkit.intake import clues, digest, joined, language_of, opened, place, read, words
from complaintkit.message import Attachment
from complaintkit.store.port import Kept, Thread

from .cases import ANNA, POLICY, SECRET, T0, Double, hours, registered

CONTACT = references.blind(SECRET, ANNA.contact)
CASE = evolve(registered(), contact=CONTACT)
ENVELOPE = Envelope("email", "m1", b"raw", T0)
KEPT = Kept(number=7, envelope=ENVELOPE, state="new", kept_at=T0, attempts=1)


def message(**facts: object) -> Message:
    """Return a message of Anna's."""
    return Message(**({"text": "It came broken.", "sender": ANNA, "message_id": "<m1@x>"} | facts))  # type: ignore[arg-type]


def where(one: Message, *threads: Thread) -> tuple[str, str, bool]:
    """Return duplicate, case and proof for a message."""
    found = place(one, threads, (CASE,), references.blind(SECRET, one.sender.contact), SECRET, T0)
    return found.duplicate_of, found.joins, found.verified


KNOWN = Thread(message_id="<m1@x>", reference=CASE.reference, digest=digest(message()))


def test_the_same_words_under_the_same_identifier_are_a_duplicate() -> None:
    """A redelivered message is proven to be on file."""
    assert (CASE.reference, "", True) == where(message(), KNOWN)


def test_other_words_under_the_same_identifier_are_no_duplicate() -> None:
    """The same Message-ID with other content is a message of its own."""
    assert ("", "", True) == where(message(text="Something else."), KNOWN)


def test_a_duplicate_is_found_among_several_under_one_identifier() -> None:
    """Two messages share an identifier; each of them is recognised when it comes again."""
    other = Thread(message_id="<m1@x>", reference="CK-AAAA-AAAA", digest="something else")
    assert (CASE.reference, "", True) == where(message(), KNOWN, other) == where(message(), other, KNOWN)


def test_a_stolen_identifier_attracts_no_answers() -> None:
    """Whoever sends other words under a known identifier later does not get the answers to the first message."""
    thief = Thread(message_id="<m1@x>", reference="CK-AAAA-AAAA", digest="something else")
    reply = message(message_id="<m9@x>", answers=("<m1@x>",))
    assert ("", CASE.reference, True) == where(reply, KNOWN, thief)


def test_nothing_is_received_later_than_it_is_recorded() -> None:
    """A source whose clock is ahead cannot push a deadline into the future."""
    kept = evolve(KEPT, envelope=evolve(ENVELOPE, received_at=T0 + hours(48)))
    assert T0 == opened(message(), kept, "CK-EHQ6-7X6D", POLICY, "", None, T0)[0].received_at


def test_tagalog_is_filipino() -> None:
    """The older code of the language leads to the same texts; a language without texts is told by the words."""
    policy = evolve(POLICY, languages=("en", "ru", "fil"))
    assert "fil" == language_of(message(language="tl-PH"), policy)
    assert "en" == language_of(message(language="tlh", text="It was the wrong one."), policy)


def test_an_answer_joins_the_case_of_what_it_answers() -> None:
    """The nearest answered message leads to the case; its complainant is known."""
    assert ("", CASE.reference, True) == where(message(message_id="<m2@x>", answers=("<no@x>", "<m1@x>")), KNOWN)


def test_a_strangers_answer_joins_unverified() -> None:
    """Whoever knows a message identifier may add words to the case, no more."""
    mallory = message(sender=Person(email="mallory@example.org"), message_id="<m3@x>", answers=("<m1@x>",))
    assert ("", CASE.reference, False) == where(mallory, KNOWN)


def test_a_token_leads_to_its_case_and_a_false_one_nowhere() -> None:
    """Our own token proves the case; a guessed one is nothing."""
    token = references.reply_token(CASE.reference, SECRET)
    assert ("", CASE.reference, True) == where(message(message_id="<m4@x>", reply_tokens=(token,)))
    assert ("", "", True) == where(message(message_id="<m4@x>", reply_tokens=(token[:-1] + "0" * 2,)))


def test_a_reference_in_the_subject_counts_only_from_the_complainant() -> None:
    """Anybody may know a reference, so from anybody else it opens a case of its own."""
    subject = f"Re: [{CASE.reference}] your answer"
    assert ("", CASE.reference, True) == where(message(message_id="<m5@x>", subject=subject))
    stranger = message(message_id="<m5@x>", subject=subject, sender=Person(email="b@example.org"))
    assert ("", "", True) == where(stranger)
    assert ("", "", True) == where(message(message_id="<m5@x>", subject=subject, sender=Person()))


def test_clues_are_the_identifiers_and_what_a_token_proves() -> None:
    """What has to be looked up follows from the message alone."""
    token = references.reply_token(CASE.reference, SECRET)
    assert (("<m1@x>", "<a@x>"), (CASE.reference,)) == clues(
        message(answers=("<a@x>",), reply_tokens=(token, "x")), SECRET
    )


def test_opening_registers_with_owner_clocks_and_link() -> None:
    """A new case has an owner, its clocks count from receipt, and an earlier complaint is linked."""
    case, entries = opened(message(), KEPT, "CK-EHQ6-7X6D", POLICY, CONTACT, CASE, T0 + hours(2))
    assert [Registered, RepeatFound] == [type(entry) for entry in entries[1:]]
    assert (Stage.REGISTERED, "desk", T0, CASE.reference) == (
        case.stage,
        case.owner,
        case.clocks[0].started_at,
        case.repeat_of,
    )
    assert len(entries) == case.version


def test_the_first_hearer_owns_what_was_taken_down() -> None:
    """Whoever records a complaint owns it."""
    kept = evolve(KEPT, envelope=evolve(ENVELOPE, recorder="irina"))
    assert "irina" == opened(message(), kept, "CK-EHQ6-7X6D", POLICY, "", None, T0)[0].owner


def test_joining_keeps_words_and_doubt() -> None:
    """The entry holds the words, and whether the sender is proven."""
    entry = joined(message(text="more"), KEPT, CASE, False, POLICY, T0)
    assert ("more", False, 7) == (str(entry.text), entry.verified, entry.envelope)


def test_the_answers_of_a_form_are_part_of_the_words() -> None:
    """Nothing a complainant filled in is lost."""
    assert "It came broken.\n\norder: A-1042" == words(message(fields=(("order", "A-1042"),)))


def test_reading_asks_the_channel_and_never_raises() -> None:
    """The channel's plugin reads; without one, or with an empty message, the answer says why not."""

    def parse(envelope: Envelope) -> Message:
        return Message(text=envelope.raw.decode())

    channel = Double(Channel("email", parse=parse))
    assert "raw" == read(ENVELOPE, [channel], T0).text  # type: ignore[list-item, union-attr]
    nothing = read(ENVELOPE, [Double(Channel("email", parse=lambda envelope: Message(text=" ")))], T0)  # type: ignore[list-item]
    nobody = read(evolve(ENVELOPE, channel="fax"), [channel], T0)  # type: ignore[list-item]
    assert isinstance(nothing, Failure)
    assert "nothing in it" in nothing.problem
    assert isinstance(nobody, Failure)
    assert "no plugin offers the channel 'fax'" in nobody.problem


def test_the_digest_of_a_message_is_of_what_it_says() -> None:
    """Words, sender and attachments count; the way it came does not."""
    assert digest(message()) == digest(message(message_id="<other@x>", text=" It came broken. "))
    assert digest(message()) != digest(message(attachments=(Attachment("a.txt", "text/plain", b"x"),)))
    assert Unreadable("why").args == ("why",)
