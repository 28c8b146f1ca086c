"""Plugins in processes of their own: the same answers as here, restarts, forks, threads, and a clean end."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from complaintkit.guard import Failure, Guarded
from complaintkit.guard.frames import BadFrame, frame, read_frame
from complaintkit.registry import Registry, load_registry
from complaintkit.settings import PluginsSettings
from complaintkit.testing import builders

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="plugins run apart on POSIX systems only")
NOW = builders.NOON
HEAD = "import os, sys, time, threading, signal\nfrom complaintkit import *\n"
CATEGORISER = """
@hookimpl
def complaintkit_categorisers():
    yield Categoriser("c", suggest)
"""
CHANNEL = """
@hookimpl
def complaintkit_channels():
    yield Channel("c", parse, fetch=fetch, confirm=confirm)

def parse(envelope):
    return Message(text=envelope.raw.decode(), subject=str(os.getpid()))

def confirm(envelope):
    pass
"""
Plugin = Callable[..., Registry]


@pytest.fixture
def plugin(tmp_path: Path) -> Iterator[Plugin]:
    """Return a function that loads a plugin of one file, apart."""
    made: list[Registry] = []

    def load(body: str, **section: Any) -> Registry:
        path = tmp_path / "mine.py"
        path.write_text(HEAD + body, encoding="utf-8")
        settings = PluginsSettings(files=(path,), sections={"mine": section}, folder=tmp_path, discover=False)
        made.append(load_registry(settings))
        assert () == made[-1].troubles
        return made[-1]

    yield load
    for one in made:
        one.close()


def categoriser(registry: Registry) -> Guarded[Any]:
    """Return the plugin's categoriser."""
    return next(one for one in registry.categorisers if one.plugin == "mine")


def channel(registry: Registry) -> Guarded[Any]:
    """Return the plugin's channel."""
    return next(one for one in registry.channels if one.plugin == "mine")


def suggested(registry: Registry, text: str = "", **times: float) -> Any:
    """Return what the plugin's categoriser answers: the first suggestion's words, or the failure."""
    answer: Any = categoriser(registry).ask("suggest", builders.a_case_view(text=text), NOW + timedelta(**times))
    return answer if isinstance(answer, Failure) else answer[0].because


def gone(number: int, kill: Callable[[int, int], None]) -> bool:
    """Say whether a process, or a group of them, is gone; the system may need a moment to bury it."""
    for _ in range(100):
        try:
            kill(number, 0)
        except ProcessLookupError:
            return True
        threading.Event().wait(0.1)
    return False


TELLS = "def suggest(case):\n    return [Suggestion('x', 1, {})]\n" + CATEGORISER


def test_it_runs_elsewhere_and_stays_warm(plugin: Plugin) -> None:
    """Calls are answered by one and the same other process."""
    loaded = plugin(TELLS.format("str(os.getpid())"))
    first, second = suggested(loaded), suggested(loaded)
    assert first == second
    assert str(os.getpid()) != first


def test_what_is_printed_does_no_harm(plugin: Plugin) -> None:
    """Whatever a plugin prints, however much, goes beside the line."""
    loaded = plugin(TELLS.format("print('x' * 300_000) or sys.stdout.write('{}') and 'fine'"))
    assert "fine" == suggested(loaded)


def test_it_is_started_again_after_it_died(plugin: Plugin) -> None:
    """A dead process costs one answer; it is told how it died, with its last words; the next call has a new one."""
    loaded = plugin(
        TELLS.format("str(os.getpid()) if 'live' in case.text else (sys.stderr.write('my last words\\n'), os._exit(7))")
    )
    before = suggested(loaded, "live")
    failure = suggested(loaded, "die")
    assert ("died", True, True) == (
        failure.kind,
        "ended with status 7" in failure.problem,
        "my last words" in failure.problem,
    )
    assert suggested(loaded, "live") not in (before, failure)


def test_a_hung_process_is_killed_with_all_it_started(plugin: Plugin, tmp_path: Path) -> None:
    """After the limit the process and its own children are gone."""
    body = (
        "def suggest(case):\n"
        "    if os.fork() == 0:\n        time.sleep(600)\n"
        f"    open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n    time.sleep(600)\n" + CATEGORISER
    )
    failure = suggested(plugin(body, limits={"suggest": "0.5s"}))
    assert ("timeout", "gave no answer within 0.5 s; its process was ended") == (failure.kind, failure.problem)
    assert gone(int((tmp_path / "pid").read_text()), os.killpg)


@pytest.mark.parametrize(
    "leaves", ["threading.Thread(target=threading.Event().wait).start()", "os.fork() or time.sleep(600)"]
)
def test_what_it_leaves_running_does_not_pile_up(plugin: Plugin, leaves: str) -> None:
    """Threads and processes that are left behind end with the process, which is exchanged before they are too many."""
    loaded = plugin(TELLS.format(f"({leaves}) and None or str(os.getpid())"))
    answers = [suggested(loaded) for _ in range(30)]
    assert all(answer.isdigit() for answer in answers)
    assert 1 < len(set(answers)) < 10


def test_its_memory_is_limited(plugin: Plugin) -> None:
    """More memory than allowed is refused to it; ours is not touched."""
    loaded = plugin(TELLS.format("str(len(bytearray(int(case.text))))"), limits={"memory": 300})
    assert "1000" == suggested(loaded, "1000")
    assert "memory" == suggested(loaded, "900000000").kind
    assert "1000" == suggested(loaded, "1000")


def test_its_files_are_limited(plugin: Plugin, tmp_path: Path) -> None:
    """It cannot fill the disk with one file."""
    body = f"open({str(tmp_path / 'big')!r}, 'wb').truncate(200_000_000)"
    assert "OSError" in suggested(plugin(TELLS.format(f"str({body})"))).problem


def test_it_does_not_get_our_secrets(plugin: Plugin, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of our environment it gets what programs need, and the variables that its own settings name."""
    monkeypatch.setenv("CK_DATABASE_PASSWORD", "hush")
    monkeypatch.setenv("CK_MAIL_PASSWORD", "its own")
    body = (
        "from attrs import frozen\n@frozen\nclass Settings:\n    password: str\n"
        "@hookimpl\ndef complaintkit_settings():\n    return Settings\n"
        "@hookimpl\ndef complaintkit_categorisers(settings):\n"
        "    yield Categoriser('c', lambda case: [Suggestion('x', 1, f'{settings.password} "
        '{os.environ.get("CK_DATABASE_PASSWORD")} {"PATH" in os.environ}\')])\n'
    )
    assert "its own None True" == suggested(plugin(body, password={"env": "CK_MAIL_PASSWORD"}))


def test_a_trade_with_bytes_is_exact(plugin: Plugin) -> None:
    """Megabytes and odd characters go there and back unchanged."""
    body = CHANNEL.replace(".decode()", ".decode('latin-1')") + "def fetch():\n    pass\n"
    raw = bytes(range(256)) * 20_000
    answer: Any = channel(plugin(body)).ask("parse", builders.an_envelope(raw=raw), NOW)
    assert raw.decode("latin-1") == answer.text


def test_reading_and_fetching_do_not_share_a_process(plugin: Plugin) -> None:
    """What strangers sent is read in another process than the one that fetches and knows the mailbox."""
    body = CHANNEL + "def fetch():\n    yield Envelope('c', str(os.getpid()), b'x', NOW)\n"
    loaded = plugin("from datetime import *\nNOW = datetime(2026, 1, 1, tzinfo=UTC)\n" + body)
    (item,) = channel(loaded).stream("fetch", NOW)
    answer: Any = channel(loaded).ask("parse", item, NOW)
    assert item.source_id != answer.subject  # type: ignore[attr-defined]


FETCH = """
from datetime import *
NOW = datetime(2026, 1, 1, tzinfo=UTC)
made = []

def fetch():
    try:
        for number in range(4):
            made.append(number)
            yield Envelope("c", f"{number} of {made}", b"x", NOW)
    finally:
        made.append("closed")
"""


def test_items_are_made_one_by_one_and_calls_go_between(plugin: Plugin) -> None:
    """The next item is made when it is asked for; confirming the one before goes through the same process meanwhile."""
    one = channel(plugin(CHANNEL + FETCH))
    seen = []
    for item in one.stream("fetch", NOW):
        assert one.ask("confirm", item, NOW) is None
        seen.append(item.source_id)  # type: ignore[attr-defined]
    assert ["0 of [0]", "1 of [0, 1]", "2 of [0, 1, 2]", "3 of [0, 1, 2, 3]"] == seen


def test_a_stream_given_up_is_closed_there(plugin: Plugin) -> None:
    """Who stops listening lets the generator tidy up in its process."""
    one = channel(plugin(CHANNEL + FETCH))
    stream = one.stream("fetch", NOW)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert "0 of [0, 'closed', 0]" == next(one.stream("fetch", NOW)).source_id  # type: ignore[attr-defined]


def test_a_stream_whose_process_died_ends_in_a_failure(plugin: Plugin) -> None:
    """What is left comes with the next round; it is not mixed up with that of the new process."""
    body = CHANNEL.replace("    pass", "    os._exit(1)") + FETCH
    one = channel(plugin(body))
    stream = one.stream("fetch", NOW)
    item = next(stream)
    assert isinstance(one.ask("confirm", item, NOW), Failure)
    assert isinstance(one.ask("confirm", item, NOW), Failure)
    last: Any = next(stream)
    assert ("died", True) == (last.kind, "comes with the next round" in last.problem)
    assert [] == list(stream)


def test_several_threads_take_turns(plugin: Plugin) -> None:
    """Each thread gets its own answer, never another's."""
    loaded = plugin(TELLS.format("case.text"))
    wrong: list[Any] = []

    def many(name: str) -> None:
        wrong.extend(got for place in range(50) if (got := suggested(loaded, f"{name}{place}")) != f"{name}{place}")

    threads = [threading.Thread(target=many, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [] == wrong


def test_a_forked_copy_gets_a_process_of_its_own(plugin: Plugin) -> None:
    """After a fork the copy neither speaks on our line nor ends our process."""
    loaded = plugin(TELLS.format("str(os.getpid())"))
    ours = suggested(loaded)
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        with suppress(BaseException):
            os.write(writing, str(suggested(loaded)).encode())
            loaded.close()
            status = 0
        os._exit(status)
    os.close(writing)
    with open(reading, "rb") as pipe:
        theirs = pipe.read().decode()
    assert 0 == os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert theirs.isdigit()
    assert theirs != ours
    assert ours == suggested(loaded)


def test_an_interrupt_leaves_a_clean_line(plugin: Plugin) -> None:
    """After Ctrl-C during a call the next one does not get the answer of the one that was given up."""
    loaded = plugin(TELLS.format("(case.text == 'wait' and time.sleep(600)) or case.text"))
    assert "a" == suggested(loaded, "a")
    timer = threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite in the background ignores it
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            suggested(loaded, "wait")
    finally:
        signal.signal(signal.SIGINT, before)
    timer.join()
    assert "b" == suggested(loaded, "b")


@pytest.mark.parametrize("ending", ["registry.close()", "del registry, one", "pass", "raise SystemExit(0)"])
def test_nothing_is_left_behind(tmp_path: Path, ending: str) -> None:
    """However our program ends, and whatever the plugin still does, its process is gone and nothing waits for it."""
    path = tmp_path / "mine.py"
    busy = "threading.Thread(target=threading.Event().wait).start() or str(os.getpid())"
    path.write_text(HEAD + TELLS.format(busy), encoding="utf-8")
    code = f"""
from pathlib import Path
from complaintkit.registry import load_registry
from complaintkit.settings import PluginsSettings
from complaintkit.testing import builders
registry = load_registry(PluginsSettings(files=(Path({str(path)!r}),), discover=False))
one = next(one for one in registry.categorisers if one.plugin == "mine")
print(one.ask("suggest", builders.a_case_view(), builders.NOON)[0].because, flush=True)
{ending}
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert (0, "") == (done.returncode, done.stderr)
    assert gone(int(done.stdout), os.kill)


def test_it_ends_when_we_are_killed(tmp_path: Path) -> None:
    """Where we are killed outright, the process notices that nobody is there any more."""
    path = tmp_path / "mine.py"
    path.write_text(HEAD + TELLS.format("str(os.getpid())"), encoding="utf-8")
    code = f"""
import os, signal
from pathlib import Path
from complaintkit.registry import load_registry
from complaintkit.settings import PluginsSettings
from complaintkit.testing import builders
registry = load_registry(PluginsSettings(files=(Path({str(path)!r}),), discover=False))
one = next(one for one in registry.categorisers if one.plugin == "mine")
print(one.ask("suggest", builders.a_case_view(), builders.NOON)[0].because, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert gone(int(done.stdout), os.kill)


# --- frames


def source(data: bytes) -> Callable[[int], bytes]:
    """Return a function that gives the next bytes, and ends like a closed line."""
    rest = bytearray(data)

    def receive(count: int) -> bytes:
        if len(rest) < count:
            raise EOFError
        found = bytes(rest[:count])
        del rest[:count]
        return found

    return receive


def test_frames_keep_header_and_blobs() -> None:
    """What was put into a frame comes out of it, frame after frame."""
    one, two = ({"a": "ж\udc80"}, [b"", b"x" * 1000]), ({"b": None}, [])
    receive = source(frame(*one) + frame(*two))  # type: ignore[arg-type]
    assert [one, two] == [read_frame(receive, 5000), read_frame(receive, 5000)]


def test_a_large_or_broken_frame_is_refused() -> None:
    """A frame above the limit is refused before it is read; so is what is not JSON, and blobs that overlap."""
    with pytest.raises(BadFrame, match="more than 100 bytes"):
        read_frame(source(frame({}, [b"x" * 200])), 100)
    good = frame({}, [])
    with pytest.raises(BadFrame, match="not JSON"):
        read_frame(source(good[:-2] + b"xx"), 100)
    lying = bytearray(frame({}, [b"x" * 10]))
    lying[15] = 5
    with pytest.raises(BadFrame, match="longer than announced"):
        read_frame(source(bytes(lying)), 100)
    with pytest.raises(EOFError):
        read_frame(source(good[:-1]), 100)
