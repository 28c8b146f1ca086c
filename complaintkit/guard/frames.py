"""What passes between us and a child process: a JSON header and blobs, each with its length before it."""

import json
from collections.abc import Callable, Iterator
from struct import Struct
from typing import Any, Final

_LENGTHS: Final = Struct(">IIQ")
_BLOB: Final = Struct(">Q")
_JSON: Final = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)


class BadFrame(Exception):
    """What arrived is no frame, or a larger one than is allowed."""


def frame(header: Any, blobs: list[bytes]) -> bytes:
    """Return a header and its blobs as bytes: three lengths (header, number of blobs, all blobs), then both."""
    text = _JSON.encode(header).encode("utf-8", "surrogatepass")
    parts = [_LENGTHS.pack(len(text), len(blobs), sum(map(len, blobs))), text]
    for blob in blobs:
        parts += (_BLOB.pack(len(blob)), blob)
    return b"".join(parts)


def read_frame(receive: Callable[[int], bytes], most: int) -> tuple[Any, list[bytes]]:
    """Return the header and blobs of the next frame.

    Args:
        receive: Returns exactly so many bytes.
        most: How many bytes of header and blobs are taken, roughly.

    Raises:
        BadFrame: It is none, or too large; nothing after it can be trusted.
    """
    text, count, total = _LENGTHS.unpack(receive(_LENGTHS.size))
    if text + total + count * _BLOB.size > most:
        raise BadFrame(f"more than {most} bytes")
    try:
        header = json.loads(receive(text).decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise BadFrame(f"a header that is not JSON: {error}") from error
    return header, list(_blobs(receive, count, total))


def _blobs(receive: Callable[[int], bytes], count: int, total: int) -> Iterator[bytes]:
    for _ in range(count):
        (length,) = _BLOB.unpack(receive(_BLOB.size))
        total -= length
        if total < 0:
            raise BadFrame("blobs longer than announced")
        yield receive(length)
