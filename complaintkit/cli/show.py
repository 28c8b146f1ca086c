"""What commands print: JSON documents, tables, moments. Nothing from outside reaches a terminal with control signs."""

import csv
import io
import json
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, Final

import attrs
import click

from complaintkit.case.parts import Content

_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_GAP: Final = "  "
_LEAST: Final = 8
_READABLE: Final = 16
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")


def plain(value: Any) -> Any:
    """Return a frozen value as JSON-able data: moments in ISO form, sealed content as its words, `null` once erased."""
    if isinstance(value, Content):
        return value.text
    if isinstance(value, datetime | date):
        return value.isoformat()
    if attrs.has(type(value)):
        return {one.name: plain(getattr(value, one.name)) for one in attrs.fields(type(value))}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def say_json(document: Any) -> None:
    """Print a value as the one JSON document of a command."""
    data = plain(document)
    try:
        text = json.dumps(data, ensure_ascii=False, indent=2)
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:  # half a letter, or a terminal of few letters: JSON has a form for both
        text = json.dumps(data, indent=2)
    # JSON leaves these signs as they are, and a terminal would act upon them; as escapes they are the same document.
    click.echo(_CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def clean(text: str) -> str:
    """Return a text without signs that a terminal would act upon; line ends and tabs stay."""
    return _CONTROL.sub("\ufffd", text.replace("\r\n", "\n"))


def line(text: str) -> str:
    """Return a text as one clean line."""
    return clean(" ".join(text.split()))


def say(text: str = "", **style: Any) -> None:
    """Print a clean line."""
    click.secho(clean(text), **style) if style else click.echo(clean(text))


def counted(count: int, one: str, several: str = "") -> str:
    """Return a number of things in words that fit it.

    Args:
        count: How many.
        one: What one of them is called.
        several: What several are called; by default with an s.
    """
    return f"{count} {one if count == 1 else several or one + 's'}"


def talk(text: str) -> None:
    """Tell the person at the terminal something that is not data."""
    click.echo(clean(text), err=True)


def moment(value: datetime | None, zone: tzinfo) -> str:
    """Return a moment as people read it, in a time zone; empty for none."""
    return value.astimezone(zone).strftime("%Y-%m-%d %H:%M") if value else ""


def width(text: str) -> int:
    """Return how many columns a text takes on a terminal: wide letters two, combining marks none."""
    return sum(_columns(sign) for sign in text)


def _columns(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def cut(text: str, columns: int) -> str:
    """Return a text that takes no more than some columns, with an ellipsis where something was left out."""
    if width(text) <= columns:
        return text
    kept, used = "", 1
    for sign in text:
        used += _columns(sign)
        if used > columns:
            break
        kept += sign
    return kept.rstrip() + "…"


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    limit: int | None = None,
    *,
    drop: Sequence[str] = (),
    shorten: Sequence[str] | None = None,
) -> Iterable[str]:
    """Yield the lines of an aligned table; figures stand to the right.

    Args:
        columns: The headings.
        rows: The rows.
        limit: How many columns of the terminal there are; `None` cuts nothing.
        drop: Headings that are left out where there is not room for all, the first of them first.
        shorten: Headings whose texts may be cut; `None` for all. Others stay whole, even beyond the limit.
    """
    cells = [[line(cell_text(cell)) for cell in row] for row in rows]
    widths = [max([width(line(head)), *(width(row[place]) for row in cells)]) for place, head in enumerate(columns)]
    kept = list(range(len(columns)))
    if limit is not None:
        soft = [place for place in kept if shorten is None or columns[place] in shorten]
        kept = _kept(widths, limit, [columns.index(head) for head in drop], soft)
        widths = _narrowed(widths, limit, kept, soft)
    right = {place: _figures(place, cells) for place in kept}
    for row in [[line(head) for head in columns], ["-" * wide for wide in widths], *cells]:
        yield _GAP.join(_placed(cut(row[place], widths[place]), widths[place], right[place]) for place in kept).rstrip()


def say_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], **fit: Sequence[str]) -> None:
    """Print an aligned table, cut to the width of the terminal; never cut where something else reads it.

    Args:
        columns: The headings.
        rows: The rows.
        fit: What may be dropped or shortened, as in `table`.
    """
    limit = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for text in table(columns, rows, limit, **fit):
        click.echo(text)


def cell_text(cell: Any) -> str:
    """Return a cell as people read it; nothing for no value."""
    return "" if cell is None else str(cell)


def _figures(place: int, rows: Sequence[Sequence[str]]) -> bool:
    cells = [row[place] for row in rows if row[place]]
    return bool(cells) and all(re.fullmatch(r"-?\d+(\.\d+)?", cell) for cell in cells)


def _kept(widths: Sequence[int], limit: int, drop: Sequence[int], soft: Sequence[int]) -> list[int]:
    """Return the places of the columns there is room for, with soft ones cut to what can still be read."""
    least = [min(wide, _READABLE) if place in soft else wide for place, wide in enumerate(widths)]
    kept = list(range(len(widths)))
    for place in drop:
        if sum(least[one] + len(_GAP) for one in kept) - len(_GAP) > limit:
            kept.remove(place)
    return kept


def _narrowed(widths: Sequence[int], limit: int, kept: Sequence[int], soft: Sequence[int]) -> list[int]:
    narrowed = list(widths)
    spare = sum(widths[place] + len(_GAP) for place in kept) - len(_GAP) - limit
    places = [place for place in kept if place in soft]
    while spare > 0 and max((narrowed[place] for place in places), default=0) > _LEAST:
        narrowed[max(places, key=lambda place: narrowed[place])] -= 1
        spare -= 1
    return narrowed


def _placed(text: str, columns: int, on_right: bool) -> str:
    gap = " " * (columns - width(text))
    return gap + text if on_right else text + gap


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a table as CSV in which no text is taken for a formula.

    A text that begins with = + - @, a tab or a carriage return gets an apostrophe in front, as spreadsheets ask for.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([_harmless(column) for column in columns])
    writer.writerows([[_harmless(cell) for cell in row] for row in rows])
    return written.getvalue()


def _harmless(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    # A lone carriage return is not quoted by Python's writer and would end the row.
    return ("'" if cell.startswith(_RISKY) else "") + cell.replace("\r\n", "\n").replace("\r", "\n")
