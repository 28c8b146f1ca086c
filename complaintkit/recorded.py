"""A message that the host read itself, as the raw bytes of an envelope, and back: whole, whatever the channel."""

import json
from typing import Final

from complaintkit import codec
from complaintkit.message import Message

MEDIA_TYPE: Final = "application/vnd.complaintkit.message+json"


def dump(message: Message) -> bytes:
    """Return a message as bytes; the same message gives the same bytes."""
    blobs: list[bytes] = []
    data = codec.to_wire(message, blobs)
    return codec.canonical({"message": data, "blobs": [blob.hex() for blob in blobs]})


def load(raw: bytes) -> Message:
    """Return the message again."""
    found = json.loads(raw)
    return codec.from_wire(Message, found["message"], [bytes.fromhex(blob) for blob in found["blobs"]])
