"""Frozen values to JSON-able data and back: entries for the database, arguments and answers for child processes.

Strict both ways: nothing is turned into another type, no key is ignored. Moments are written in UTC, enumerations by
value. An entry's personal content is not in its data, only the digest of it; bytes on the wire travel beside the data.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import EnumType
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args

import attrs

from complaintkit.case.complaint import Entry
from complaintkit.case.entries import KINDS
from complaintkit.case.parts import Clock, Content
from complaintkit.checks import FrozenMapping, utc
from complaintkit.clocks.reckoning import History, Reckoning
from complaintkit.clocks.rules import Span
from complaintkit.counts import Cell
from complaintkit.errors import StoreError

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")
_contents: ContextVar[Mapping[str, Content]] = ContextVar("complaintkit_contents")
_blobs: ContextVar[list[bytes]] = ContextVar("complaintkit_blobs")
# Texts from this length on travel as bytes: JSON would spell them out sign by sign, and have them read so.
_LONG: Final = 500
_DIGESTS: Final = re.compile(r'"content":"([0-9a-f]{64})"')
_CANONICAL: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)


def _moment(value: object, _: object) -> datetime:
    if type(value) is not str:
        raise TypeError(f"expected a moment in ISO form, not {value!r:.80}")
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo is UTC else utc(moment.replace(tzinfo=moment.tzinfo or UTC))


def _day(value: object, _: object) -> date:
    if type(value) is not str:
        raise TypeError(f"expected a date in ISO form, not {value!r:.80}")
    return date.fromisoformat(value)


def _exactly(*types: type) -> Callable[[object, object], Any]:
    names = " or ".join(kind.__name__ for kind in types)

    def check(value: object, kind: Any) -> object:
        if type(value) not in types:
            raise TypeError(f"expected {names}, not {value!r:.80}")
        # cattrs comes here for an enumeration of strings, too.
        return value if kind is types[0] or not isinstance(kind, EnumType) else kind(value)

    return check


def _number(value: object, _: object) -> float:
    if type(value) not in (int, float):
        raise TypeError(f"expected a number, not {value!r:.80}")
    return float(value)  # type: ignore[arg-type]  # mypy does not narrow by `type(...) in`


def _decimal(value: object, _: object) -> Decimal:
    if type(value) is not str:
        raise TypeError(f"expected a figure as text, not {value!r:.80}")
    figure = Decimal(value)
    if not figure.is_finite():
        raise ValueError(f"expected a figure, not {value!r:.80}")
    return figure


def _blob_out(value: bytes) -> dict[str, int]:
    blobs = _blobs.get()
    blobs.append(value)
    return {"blob": len(blobs) - 1}


def _blob_in(value: Any, _: object) -> bytes:
    if type(value) is not dict or value.keys() != {"blob"} or type(value["blob"]) is not int:
        raise TypeError(f"expected bytes, not {value!r:.80}")
    return _blobs.get()[value["blob"]]


def _text_out(value: str) -> Any:
    if len(value) < _LONG:
        return value
    blobs = _blobs.get()
    blobs.append(value.encode("utf-8", "surrogatepass"))
    return {"text": len(blobs) - 1}


def _text_in(value: Any) -> Any:
    if type(value) is not dict or value.keys() != {"text"} or type(value["text"]) is not int:
        return value
    return _blobs.get()[value["text"]].decode("utf-8", "surrogatepass")


def _content_in(value: Any, _: object) -> Content:
    digest = value["content"]
    kept = _contents.get().get(digest)
    return Content(digest) if kept is None else kept


def _words(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error} is missing"
    return str(error.args[0]) if error.args else type(error).__name__


def _sparing(kind: type[Any], converter: "Converter") -> Callable[[Any], dict[str, Any]]:
    from cattrs.gen import make_dict_unstructure_fn

    return make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True)


@cache
def _converter() -> "Converter":
    # Imported here: `import complaintkit` must stay light, and does not need it.
    from cattrs import Converter

    made = Converter(detailed_validation=False, forbid_extra_keys=True)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook(datetime, lambda moment: utc(moment).isoformat())
    made.register_unstructure_hook(Content, lambda content: {"content": content.digest})
    made.register_unstructure_hook(FrozenMapping, dict)
    made.register_unstructure_hook(Decimal, str)
    made.register_unstructure_hook(bytes, _blob_out)
    made.register_structure_hook(date, _day)
    made.register_structure_hook(datetime, _moment)
    made.register_structure_hook(Content, _content_in)
    made.register_structure_hook(bytes, _blob_in)
    made.register_structure_hook(float, _number)
    made.register_structure_hook(Decimal, _decimal)
    for plain in (str, int, bool):
        made.register_structure_hook(plain, _exactly(plain))
    for kind in (Span, Reckoning, History, Clock):
        # Nearly all that a clock holds is as it always is; left out, it is not stored three times with each complaint.
        made.register_unstructure_hook(kind, _sparing(kind, made))
    made.register_structure_hook_func(lambda kind: kind == Cell, _exactly(*get_args(Cell)))
    return made


@cache
def _wire() -> "Converter":
    made = _converter().copy()
    text, cell = _exactly(str), _exactly(*get_args(Cell))
    made.register_unstructure_hook(str, _text_out)
    made.register_structure_hook(str, lambda value, kind: text(_text_in(value), kind))
    made.register_structure_hook_func(lambda kind: kind == Cell, lambda value, kind: cell(_text_in(value), kind))
    return made


# --- entries in the database


def dump_entry(entry: object) -> dict[str, Any]:
    """Return an entry as JSON-able data, each content replaced by `{"content": digest}`; its kind is not in it."""
    data: dict[str, Any] = _converter().unstructure(entry)
    return data


def load_entry(kind: str, data: Mapping[str, Any], contents: Mapping[str, Content]) -> Entry:
    """Return an entry of a case file again; see `load_of`."""
    return load_of(KINDS, kind, data, contents)


def load_of(kinds: Mapping[str, type[T]], kind: str, data: Mapping[str, Any], contents: Mapping[str, Content]) -> T:
    """Return an entry again.

    Args:
        kinds: The kinds there are: those of case files, or those of improvements.
        kind: Its kind, a key of `kinds`.
        data: What `dump_entry` gave.
        contents: The contents by digest; one that is missing reads as erased.

    Raises:
        StoreError: The kind or a field is unknown, or a field does not fit: newer software wrote it, or it is damaged.
    """
    if kind not in kinds:
        raise StoreError(f"entry of unknown kind {kind!r}: written by a newer complaintkit; update this one")
    known: Any = kinds[kind]
    kept = _contents.set(contents)
    try:
        loaded: T = _converter().structure(data, known)
    except Exception as error:
        unknown = set(data) - {field.name for field in attrs.fields(known)}
        if unknown or type(error).__name__ == "ForbiddenExtraKeysError":
            what = f" {', '.join(sorted(map(repr, unknown)))}" if unknown else " in one of its parts"
            raise StoreError(
                f"entry of kind {kind!r} has unknown fields{what}: written by a newer complaintkit; update this one"
            ) from error
        raise StoreError(
            f"entry of kind {kind!r} cannot be read: {_words(error)}; run `complaintkit verify`"
        ) from error
    else:
        return loaded
    finally:
        _contents.reset(kept)


def contents_of(entry: object) -> tuple[Content, ...]:
    """Return the contents that an entry refers to, in the order of its fields."""
    return tuple(_found(entry))


def _found(value: Any) -> Iterator[Content]:
    if type(value) is Content:
        yield value
    elif type(value) is tuple:
        for part in value:
            yield from _found(part)
    else:
        kind: Any = type(value)
        for name in _may_hold(kind):
            yield from _found(getattr(value, name))


@cache
def _may_hold(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields of a class in which a content may stand, at any depth."""
    if not attrs.has(kind):
        return ()
    return tuple(field.name for field in attrs.fields(kind) if _reaches(field.type))


def _reaches(kind: Any) -> bool:
    if kind is Content:
        return True
    inner = get_args(kind)
    return any(map(_reaches, inner)) if inner else bool(_may_hold(kind))


def dump_part(part: object) -> str:
    """Return a group of a complaint as text, each content replaced by its digest."""
    return canonical(_converter().unstructure(part)).decode("ascii")


def load_part(kind: type[T], text: str, contents: Mapping[str, Content]) -> T:
    """Return the group again; a content that is missing reads as erased.

    Raises:
        StoreError: The text is not that of such a group.
    """
    kept = _contents.set(contents)
    try:
        return _converter().structure(json.loads(text), kind)
    except Exception as error:
        raise StoreError(f"{kind.__name__} cannot be read: {_words(error)}; run `complaintkit verify`") from error
    finally:
        _contents.reset(kept)


def digests_in(text: str) -> tuple[str, ...]:
    """Return the digests of the contents that `dump_part` left in a text."""
    return tuple(_DIGESTS.findall(text))


def canonical(data: object) -> bytes:
    """Return JSON-able data as the one sequence of bytes that is hashed: keys sorted, no spaces, ASCII only.

    Raises:
        ValueError: A number is not finite: it has no form in JSON.
    """
    return _CANONICAL.encode(data).encode("ascii")


# --- arguments and answers on their way to a child process and back


def to_wire(value: object, blobs: list[bytes], kind: Any = None) -> Any:
    """Return a value as JSON-able data; bytes and long texts are appended to `blobs` and referred to by number."""
    kept = _blobs.set(blobs)
    try:
        return _wire().unstructure(value, unstructure_as=kind)
    finally:
        _blobs.reset(kept)


def from_wire(kind: type[T], data: Any, blobs: list[bytes]) -> T:
    """Return the value again.

    Raises:
        TypeError: The data is not that of such a value; the text says where it differs.
    """
    kept = _blobs.set(blobs)
    try:
        return _wire().structure(data, kind)
    except Exception as error:
        name = getattr(kind, "__name__", str(kind))
        raise TypeError(f"not the data of a {name}: {_words(error)}") from error
    finally:
        _blobs.reset(kept)
