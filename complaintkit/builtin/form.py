"""Intake of what is handed over: forms as JSON, and plain text. One channel each for form, telephone, letter, social.

JSON is an object; every key is optional, but something must be said:

    {"text": "...", "subject": "...", "name": "...", "email": "...", "phone": "...", "handle": "...", "customer": "...",
     "address": "...", "language": "ru", "sent_at": "2026-03-01T10:00:00+03:00", "message_id": "...",
     "answers": ["..."],
     "fields": {"order": "A-1042"}, "on_behalf_of": {"name": "..."}, "unfinished": false,
     "attachments": [{"name": "photo.jpg", "media_type": "image/jpeg", "data": "<Base64>"}]}
"""

import json
from base64 import b64decode
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from unicodedata import normalize

from attrs import frozen

from complaintkit import Attachment, Channel, Envelope, Message, Person, Unreadable, hookimpl

_PERSON: Final = ("name", "email", "phone", "handle", "customer", "address")
_FILE: Final = ("name", "media_type", "data")
_TEXTS: Final = ("text", "subject", "language", "sent_at", "message_id", *_PERSON)
_KEYS: Final = frozenset({*_TEXTS, "answers", "fields", "attachments", "on_behalf_of", "unfinished"})


@frozen
class Settings:
    """Which channels take forms and plain text, as names; each name is also its kind."""

    channels: tuple[str, ...] = ("form", "text", "phone", "letter", "social", "in_person")


@hookimpl
def complaintkit_settings() -> type[Settings]:
    """Name the channels in the settings file."""
    return Settings


@hookimpl
def complaintkit_channels(settings: Settings) -> Iterable[Channel]:
    """Offer one channel per name."""
    for name in settings.channels:
        yield Channel(name, kind="form" if name == "text" else name, parse=parse)


def parse(envelope: Envelope) -> Message:
    """Read JSON or plain text.

    Raises:
        Unreadable: It is neither, or a field has the wrong type.
    """
    text = _decoded(envelope.raw)
    if envelope.media_type == "application/json" or (not envelope.media_type and text.lstrip()[:1] == "{"):
        return _form(text)
    return Message(text=text.strip())


def _decoded(raw: bytes) -> str:
    if b"\0" in raw[:1000]:
        raise Unreadable("these bytes are no text; hand text or a JSON object to this channel")
    for charset in ("utf-8-sig", "cp1251"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _form(text: str) -> Message:
    try:
        form = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"this is no valid JSON: {str(error) or 'nested too deep'}") from None
    if not isinstance(form, dict):
        raise Unreadable("a form is a JSON object with a text in it, not a list or a single value")
    for key in _TEXTS:
        if not isinstance(form.get(key, ""), str):
            raise Unreadable(f"{key} must be a text, not {type(form[key]).__name__}")
    extra = {key: value for key, value in form.items() if key not in _KEYS}
    return Message(
        text=form.get("text", ""),
        subject=form.get("subject", ""),
        language=form.get("language", ""),
        message_id=form.get("message_id", ""),
        answers=_answers(form.get("answers", ())),
        sender=_person(form),
        on_behalf_of=_other(form.get("on_behalf_of")),
        unfinished=_unfinished(form.get("unfinished", False)),
        sent_at=_moment(form.get("sent_at", "")),
        fields=_fields(form.get("fields", {})),
        attachments=tuple(_attachments(form.get("attachments", ()))),
        problems=(f"unknown fields were not read: {', '.join(sorted(extra))[:200]}",) if extra else (),
    )


def _person(form: Mapping[str, Any]) -> Person:
    return Person(**{key: form.get(key, "") for key in _PERSON})


def _other(value: object) -> Person | None:
    if value is None:
        return None
    if not isinstance(value, dict) or not all(isinstance(value.get(key, ""), str) for key in _PERSON):
        raise Unreadable("on_behalf_of must be an object with the name, email ... of the person, each a text")
    person = _person(value)
    return None if person.anonymous else person


def _unfinished(value: object) -> bool:
    if not isinstance(value, bool):
        raise Unreadable("unfinished must be true or false")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    form = dict(pairs)
    if len(form) != len(pairs):
        raise ValueError("a field stands in it twice")
    return form


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON value")


def _answers(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise Unreadable("answers must be a list of message identifiers")
    return tuple(value[:50])


def _fields(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise Unreadable("fields must be an object of names and values")
    if len(value) > 500:
        raise Unreadable(f"{len(value)} fields are more than any form of ours has")
    return tuple((str(name), one if isinstance(one, str) else json.dumps(one)) for name, one in value.items())


def _attachments(value: object) -> Iterable[Attachment]:
    if not isinstance(value, list | tuple):
        raise Unreadable("attachments must be a list of objects with name, media_type and data in Base64")
    for place, one in enumerate(value, 1):
        if not isinstance(one, dict) or not all(
            isinstance(one.get(key, ""), str) for key in ("name", "media_type", "data")
        ):
            raise Unreadable(f"attachment {place} must have name, media_type and data in Base64, each a text")
        try:
            data = b64decode(one.get("data", ""), validate=True)
        except ValueError:
            raise Unreadable(f"attachment {place}: its data is no Base64") from None
        yield Attachment(safe_name(one.get("name", "")), one.get("media_type", "") or "application/octet-stream", data)


def safe_name(name: str) -> str:
    """Return a sender's name for a file without path, invisible or control signs; normalised once, then cleaned."""
    plain = "".join(sign for sign in normalize("NFKC", name) if sign.isprintable())
    return plain.replace("\\", "/").rsplit("/", 1)[-1].strip(". ")[:150] or "file"


def _moment(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if value else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
