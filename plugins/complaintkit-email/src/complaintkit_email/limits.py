"""How much of a message is read: bounds that stand before every function whose work grows faster than its input.

Within these bounds reading any message takes a fraction of a second. What lies beyond them stays in the raw envelope;
the message then carries a sentence that says so, or, for the first two, is put aside for a person.
"""

MESSAGE_BYTES = 25 * 1024 * 1024
"""Largest message; what most mail servers accept at most."""

HANDED_OVER_BYTES = 36 * 1024 * 1024
"""Largest file that is handed over at all; complaintkit takes 40 MiB from a plugin in one piece."""

HEADER_BYTES = 100_000
"""Largest header block of a message, and of all its parts together."""

DEPTH = 20
"""Parts within parts."""

PARTS = 200
"""Parts of a message, counted over all depths."""

VALUE_BYTES = 10_000
"""Longest header value that is decoded."""

ADDRESS_BYTES = 2_000
"""Longest value of an address header that is parsed; the standard library's parser is quadratic."""

PARAMETER_BYTES = 4_000
"""Longest Content-Type or Content-Disposition value that is taken apart."""

LINE_CHARACTERS = 1_000
"""Longest subject or name that is kept."""

ID_CHARACTERS = 998
"""Longest message identifier; no line of a mail may be longer (RFC 5322, section 2.1.1)."""

ANSWERS = 50
"""Most identifiers of earlier messages that are kept."""

TOKENS = 20
"""Most reply tokens that are kept."""

TEXT_CHARACTERS = 1_000_000
"""Longest readable text."""

HTML_CHARACTERS = 1_000_000
"""Longest HTML that is laid out, over all parts; from what is longer the tags are merely taken out."""

HTML_DEPTH = 100
"""Deepest HTML that is laid out; the parser beneath loses what is nested deeper than 256."""

TOO_LARGE = "message/x-too-large"
"""Media type of the beginning of a mail that is too large to be handed over whole."""

HTML_LOOKED_AT = 2_000_000
"""Longest HTML that is looked at, over all parts, pictures within it not counted."""

NAME_CHARACTERS = 150
"""Longest name of an attachment."""

HTML_COST = 500_000
"""Most elements that are laid out, each counted as often as it lies within others; takes about a second."""
