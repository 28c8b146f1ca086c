"""Where mail waits: a folder of files or a Maildir. Reading changes nothing; only what is safely stored is moved."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from attrs import define, field

from complaintkit import ComplaintKitError, Envelope
from complaintkit_email import limits
from complaintkit_email.headers import fields, first, split
from complaintkit_email.parse import identify, moment, start

DONE = ".done"
_DAY = timedelta(days=1)


@define
class FileSource:
    """Mails that lie as files in a folder or a Maildir.

    A Maildir is read whole, `new` and `cur`: that somebody's mail program has shown a mail does not mean that it
    became a complaint. What is confirmed goes to `.done` below the folder, in a Maildir as `.done/cur` with the
    flag `S`, so that a mail program shows it as a folder of its own.

    Attributes:
        root: The folder.
        maildir: Whether it is a Maildir.
        move: Whether what is confirmed is moved to `.done`; else it stays and is offered again, and known again.
        max_bytes: Largest file that is handed over; what is too large to be read is put aside by the reader.
        channel: Name of the channel the envelopes carry.
    """

    root: Path
    maildir: bool = False
    move: bool = False
    max_bytes: int = limits.HANDED_OVER_BYTES
    channel: str = "email"
    _places: dict[tuple[str, str], Path] = field(factory=dict, init=False, repr=False)

    def fetch(self) -> Iterator[Envelope]:
        """Yield an envelope for every mail, in the order of their names.

        Raises:
            ComplaintKitError: Some files could not be handed over; raised after all others were.
        """
        if not self.root.is_dir():
            raise ComplaintKitError(f"{self.root}: there is no such folder; create it or correct the setting.")
        troubles = []
        for path in self._paths():
            try:
                envelope = self._envelope(path)
            except FileNotFoundError:
                continue
            except OSError as error:
                troubles.append(f"{path}: {error.strerror or error}")
                continue
            if self.move and envelope.media_type != limits.TOO_LARGE:
                self._places[envelope.source_id, envelope.digest] = path
            yield envelope
        if troubles:
            shown = "; ".join(troubles[:5]) + ("; ..." if len(troubles) > 5 else "")
            raise ComplaintKitError(f"{len(troubles)} mails could not be read and stay where they are: {shown}")

    def confirm(self, envelope: Envelope) -> None:
        """Move the file of an envelope that is safely stored to `.done`; a file that is gone or changed is left alone.

        Args:
            envelope: As `fetch` yielded it, possibly in another process.
        """
        if not self.move or envelope.media_type == limits.TOO_LARGE:
            return
        key = (envelope.source_id, envelope.digest)
        path = self._places.pop(key, None)
        if path is None:
            path = self._found(key)
            self._places.pop(key, None)
        if path is not None and _digest(path) == envelope.digest:
            self._move(path)

    def _paths(self) -> list[Path]:
        if self.maildir:
            folders = [self.root / "new", self.root / "cur"]
            found = [Path(e.path) for d in folders if d.is_dir() for e in os.scandir(d) if _mail(e)]
            return sorted(found, key=lambda path: path.name)
        return sorted(_below(self.root))

    def _envelope(self, path: Path) -> Envelope:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            large = status.st_size > self.max_bytes
            raw = file.read(limits.HEADER_BYTES if large else self.max_bytes + 1)
        written = datetime.fromtimestamp(status.st_mtime, UTC)
        if large:
            # An error would count against the source and hold up the mails to come; parked, it is seen and told once.
            name = f"too-large:{path.name}:{status.st_size}"
            return Envelope(self.channel, name, raw, received_at(raw, written), limits.TOO_LARGE)
        return Envelope(
            channel=self.channel,
            source_id=identify(raw),
            raw=raw,
            received_at=received_at(raw, written),
            media_type="message/rfc822",
        )

    def _found(self, key: tuple[str, str]) -> Path | None:
        """Look for a file that another process read, and remember the others met on the way."""
        for path in self._paths():
            if path in self._places.values():
                continue
            try:
                raw = path.read_bytes()
            except OSError:
                continue
            self._places[identify(raw), sha256(raw).hexdigest()] = path
        return self._places.get(key)

    def _move(self, path: Path) -> None:
        if self.maildir:
            base, _, flags = path.name.partition(":2,")
            target = self.root / DONE / "cur" / f"{base}:2,{''.join(sorted(set(flags) | {'S'}))}"
            for name in ("new", "tmp"):
                (self.root / DONE / name).mkdir(parents=True, exist_ok=True)
            (self.root / DONE / "maildirfolder").touch()
        else:
            target = self.root / DONE / path.relative_to(self.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        free, count = target, 1
        while free.exists():
            count += 1
            free = target.with_name(f"{count}-{target.name}")
        try:
            path.rename(free)
        except FileNotFoundError:
            return


def received_at(raw: bytes, written: datetime) -> datetime:
    """Return when a mail reached us: the date of the topmost Received header, which the last server wrote.

    The time of the file, which a copy may have changed, is taken where that header is missing, is no date, or lies
    more than a day after the file was written.

    Args:
        raw: The mail.
        written: When the file was last written, with time zone.
    """
    try:
        found = fields(split(start(raw[: limits.HEADER_BYTES + 2]), limits.HEADER_BYTES)[0])[0]
    except ValueError:
        return written
    value = first(found, b"received", 4_000)
    stamped = moment(value.rpartition(b";")[2].strip()[:200]) if b";" in value else None
    return stamped if stamped is not None and stamped <= written + _DAY else written


def _below(folder: Path) -> Iterator[Path]:
    """Yield the mails in a folder and its subfolders, without hidden ones and links, which could point anywhere."""
    for entry in os.scandir(folder):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry.path))
        elif _mail(entry):
            yield Path(entry.path)


def _mail(entry: "os.DirEntry[str]") -> bool:
    return not entry.name.startswith(".") and entry.is_file(follow_symlinks=False)


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
