#!/usr/bin/env python3
"""The one tool of this repository: `python3 dev.py run`, `test` or `check`.

It needs Python 3.11 and nothing else. The first call makes an environment in `.venv` and installs into it what
requirements-dev.txt names; later calls use it as it is until one of the files it was made from changes.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = ENVIRONMENT / "made-from"
DEMO = "complaintkit-demo"
TOGETHER = ("-n", "2", "--dist", "loadfile")
USAGE = """usage: python3 dev.py COMMAND [ARGUMENTS]

  run    watch the demonstration, in a new folder; arguments go to `complaintkit demo` (try --help)
  test   run every test, those on a real PostgreSQL included; arguments go to pytest
  check  what a change has to pass besides the tests: lint, format, types, documentation"""


def main(arguments: list[str]) -> int:
    """Make the environment if need be, run one command in it, and return its exit code."""
    commands = {"run": run, "test": test, "check": check}
    if not arguments or arguments[0] not in commands:
        print(USAGE)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    prepare()
    return commands[arguments[0]](arguments[1:])


def run(arguments: list[str]) -> int:
    """Run the demonstration in the folder that is named first, or in a new one below the current one."""
    # There is no window to open yet, so to run without one needs no doing.
    arguments = [argument for argument in arguments if argument != "--no-serve"]
    named = bool(arguments) and not arguments[0].startswith("-")
    if not named and not {"--folder", "--help", "-h"} & set(arguments):
        arguments = ["--folder", str(free_folder(Path.cwd())), *arguments]
    return call("-m", "complaintkit", "demo", *arguments)


def test(arguments: list[str]) -> int:
    """Run the whole test suite, or what the arguments choose.

    The whole goes through two processes at once, each with a PostgreSQL of its own; a part of it starts quicker in one.
    """
    return call("-m", "pytest", *(arguments or ["-q", *TOGETHER]), folder=ROOT)


def check(arguments: list[str]) -> int:
    """Run every check, also after one has failed, and return 0 only where all passed."""
    if arguments:
        print("dev.py check takes no arguments; run one of its steps by hand instead, they are printed as they start.")
        return 2
    failed = []
    for step in ("ruff check .", "ruff format --check .", "mypy", "zensical build --clean --strict"):
        print(f"\n== {step}", flush=True)
        if call("-m", *step.split(), folder=ROOT):
            failed.append(step)
    print(f"\nfailed: {', '.join(failed)}" if failed else "\nall checks passed")
    return 1 if failed else 0


def call(*arguments: str, folder: Path | None = None) -> int:
    """Run the environment's Python and return its exit code."""
    try:
        return subprocess.call([str(PYTHON), *arguments], cwd=folder)
    except KeyboardInterrupt:
        return 130


def free_folder(base: Path) -> Path:
    """Return the first of `complaintkit-demo`, `complaintkit-demo-2`, ... that does not exist yet."""
    folder, number = base / DEMO, 1
    while folder.exists():
        number += 1
        folder = base / f"{DEMO}-{number}"
    return folder


def prepare() -> None:
    """Make `.venv` say what the repository's files ask for; does nothing where it does already."""
    wanted = made_from()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    print(f"Setting up {ENVIRONMENT} (once, and whenever the requirements change) ...", flush=True)
    STAMP.unlink(missing_ok=True)  # an interrupted set-up is begun anew
    pip = make_environment()
    options = ["--quiet", "--disable-pip-version-check", "-r", "requirements-dev.txt", "-c", "constraints.txt"]
    if subprocess.call([*pip, "install", *options], cwd=ROOT):
        sys.exit(
            "\nThe packages could not be installed; pip says why above.\n"
            "  - Without a network, point pip to a folder of wheels: PIP_FIND_LINKS=FOLDER PIP_NO_INDEX=1\n"
            "  - Behind a proxy or a mirror, set HTTPS_PROXY or PIP_INDEX_URL.\n"
            f"  - A broken environment is made anew once you delete {ENVIRONMENT}\n"
            "Then repeat the command."
        )
    STAMP.write_text(wanted)


def made_from() -> str:
    """Return a digest of everything the environment depends on, the checkout's own place included."""
    files = [ROOT / "pyproject.toml", ROOT / "requirements-dev.txt", ROOT / "constraints.txt"]
    digest = hashlib.sha256(os.fsencode(ROOT))
    for file in [*files, *sorted(ROOT.glob("plugins/*/pyproject.toml"))]:
        digest.update(b"\0" + file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def make_environment() -> list[str]:
    """Make `.venv` unless it is there, and return the command that runs pip for it."""
    import venv  # only here: the daily call does not need it

    inside = can_import("ensurepip")
    if not PYTHON.exists():
        venv.EnvBuilder(with_pip=inside, clear=ENVIRONMENT.exists(), symlinks=os.name != "nt").create(ENVIRONMENT)
    if not subprocess.call([str(PYTHON), "-c", "import pip"], stderr=subprocess.DEVNULL):
        return [str(PYTHON), "-m", "pip"]
    # Debian ships Python without the part that puts pip into an environment; pip from outside can fill it as well.
    if not subprocess.call([sys.executable, "-c", "import pip"], stderr=subprocess.DEVNULL):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    sys.exit(
        f"{sys.executable} has neither ensurepip nor pip, so nothing can be installed.\n"
        "Install your system's package for it (on Debian and Ubuntu: apt install python3-venv) and repeat the command."
    )


def can_import(name: str) -> bool:
    """Say whether this Python has the module."""
    try:
        __import__(name)
    except ImportError:
        return False
    return True


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 (older Pythons reach this line, and deserve a sentence)
        sys.exit(
            f"complaintkit needs Python 3.11 or newer, and this is {sys.version.split()[0]}. Try: python3.11 dev.py"
        )
    sys.exit(main(sys.argv[1:]))
