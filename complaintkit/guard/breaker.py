"""The breaker of one plugin's hook: after too many failures it is left alone for a while, and then tried carefully."""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

IN_A_ROW: Final = 5
WINDOW: Final = timedelta(minutes=10)
ENOUGH: Final = 20
SHARE: Final = 0.5
PAUSE: Final = timedelta(seconds=60)
LONGEST: Final = timedelta(hours=1)
GOOD: Final = 3


class Breaker:
    """Opens at 5 failures in a row, or when half or more of at least 20 calls within 10 minutes failed.

    Open, it lets nothing through for 60 seconds, and twice as long each time it opens again at once, up to an hour.
    Then it lets one call through at a time, and after 3 good ones it is closed: long enough for a restart at the other
    end, short enough that little piles up.

    Args:
        open_until: Until when another worker has found it open; `None` if closed.
    """

    __slots__ = ("_bad", "_calls", "_good", "_lock", "_pause", "_row", "_trying", "open_until")

    def __init__(self, open_until: datetime | None = None) -> None:
        self.open_until = open_until
        self._calls: deque[tuple[datetime, bool]] = deque()
        self._bad = 0
        self._row = 0
        self._good = 0
        self._pause = PAUSE
        self._trying = False
        self._lock = Lock()

    def lets_through(self, now: datetime) -> bool:
        """Say whether a call may be made; if it may, `succeeded`, `failed` or `given_up` has to follow."""
        with self._lock:
            if self.open_until is None:
                return True
            if self._trying or now < self.open_until:
                return False
            self._trying = True
            return True

    def given_up(self) -> None:
        """Hear that the call was given up by a person: it says nothing about the plugin."""
        self._trying = False

    def succeeded(self, now: datetime) -> bool:
        """Count a good call; return whether the breaker closed by it."""
        with self._lock:
            self._trying = False
            self._row = 0
            if self.open_until is None:
                self._count(now, bad=False)
                return False
            self._good += 1
            if self._good < GOOD:
                return False
            self._forget()
            self.open_until, self._pause = None, PAUSE
            return True

    def failed(self, now: datetime) -> bool:
        """Count a bad call; return whether the breaker opened by it."""
        with self._lock:
            self._trying = False
            if self.open_until is not None:
                return self._open(now, min(self._pause * 2, LONGEST))
            self._row += 1
            self._count(now, bad=True)
            enough = len(self._calls) >= ENOUGH and self._bad >= SHARE * len(self._calls)
            return self._open(now, PAUSE) if self._row >= IN_A_ROW or enough else False

    def _open(self, now: datetime, pause: timedelta) -> bool:
        self._forget()
        self._pause = pause
        self.open_until = now + pause
        return True

    def _count(self, now: datetime, *, bad: bool) -> None:
        calls = self._calls
        calls.append((now, bad))
        self._bad += bad
        while calls[0][0] <= now - WINDOW:
            self._bad -= calls.popleft()[1]

    def _forget(self) -> None:
        self._calls.clear()
        self._bad = self._row = self._good = 0
