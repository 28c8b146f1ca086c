"""The bytes in which a story arrives: a mail as mail servers pass it on, or a JSON object from other channels."""

import json
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from complaintkit.demo.stories import ORGANISATION, Story

ADDRESS = "help@larkenfield.example"
MAIL, JSON = "message/rfc822", "application/json"


def source_id(index: int, number: int = 0) -> str:
    """Return the identifier of what arrives for a story: itself, or its follow-up with that number, from 1."""
    return f"<story-{index}{f'-{number}' if number else ''}@mail.example>"


def raw(story: Story, index: int) -> tuple[bytes, str]:
    """Return the bytes and media type of a story; a repeat is a new message, as people write one.

    Args:
        story: The story.
        index: Its place among the stories, from which its identifier follows.
    """
    if story.channel == "email":
        mail = _mail(story, source_id(index), story.subject, story.text, timedelta())
        return mail.as_bytes(policy=SMTP), MAIL
    return _json(story, story.subject, story.text), JSON


def raw_follow_up(story: Story, index: int, number: int, reference: str = "") -> tuple[bytes, str]:
    """Return the bytes and media type of a follow-up; a mail answers the story's first one.

    Args:
        story: The story.
        index: Its place among the stories.
        number: Which of its follow-ups, from 1.
        reference: The complaint's reference, if the complainant has been told: quoted in what is no mail.
    """
    later = story.follow_ups[number - 1]
    if story.channel == "email":
        mail = _mail(story, source_id(index, number), f"Re: {story.subject}", f"{later.text}\n", later.after)
        mail["In-Reply-To"] = mail["References"] = source_id(index)
        return mail.as_bytes(policy=SMTP), MAIL
    return _json(story, story.subject, later.text, reference=reference), JSON


def _mail(story: Story, message_id: str, subject: str, text: str, after: timedelta) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f'"{story.person.name}" <{story.person.email}>'
    mail["To"] = f"{ORGANISATION} <{ADDRESS}>"
    mail["Subject"] = subject
    mail["Date"] = format_datetime(story.at + after)
    mail["Message-ID"] = message_id
    mail["Content-Language"] = story.language
    mail.set_content(text, cte="base64" if story.language == "ru" else "quoted-printable")
    return mail


def _json(story: Story, subject: str, text: str, reference: str = "") -> bytes:
    told = {
        "subject": subject, "text": text, "name": story.person.name, "email": story.person.email,
        "phone": story.person.phone, "handle": story.person.handle, "language": story.language,
    }  # fmt: skip
    if reference:
        told["reference"] = reference
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def quoting(raw: bytes, reference: str) -> bytes:
    """Return a follow-up that is no mail with the reference in its heading, where people put it."""
    told = json.loads(raw)
    told["subject"] = f"{told['subject']} ({told.pop('reference', reference)})".strip()
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
