"""Take a transfer encoding off the body of a part; what is damaged is read as far as it goes."""

import binascii
import re

_PIECE_END = re.compile(rb"=[ \t]*\r?\n")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


def base64_bytes(data: bytes) -> tuple[bytes, bool]:
    """Decode base64, put together from several padded pieces too; say whether it was whole."""
    padding = data.find(b"=")
    if padding < 0 or not data[padding:].strip(b"= \t\r\n"):
        try:
            return binascii.a2b_base64(data), True
        except binascii.Error:
            pass
    return b"".join(_repaired(piece) for piece in _PIECE_END.split(data)), False


def _repaired(piece: bytes) -> bytes:
    letters = _NOT_BASE64.sub(b"", piece.partition(b"=")[0])
    spare = len(letters) % 4
    return binascii.a2b_base64(letters[:-1] if spare == 1 else letters + b"=" * (-len(letters) % 4))


def decoded(data: bytes, encoding: str) -> tuple[bytes, str]:
    """Return the bytes of a part without their transfer encoding, and a sentence where that was not clean.

    Args:
        data: The body of the part.
        encoding: Value of Content-Transfer-Encoding in lower case.
    """
    if encoding == "base64":
        content, whole = base64_bytes(data)
        return content, "" if whole else "A part in base64 is damaged; it was read as far as it goes."
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data), ""
    if encoding in ("", "7bit", "8bit", "binary"):
        return data, ""
    return data, f"The transfer encoding '{''.join(c for c in encoding[:40] if c.isprintable())}' is not known."
