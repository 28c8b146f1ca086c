"""Reads the examples of a Markdown page and carries them out, in the order of the page, in one folder.

What is carried out:

- every block fenced as `python`; the blocks of a page share their names, so a later one may build on an earlier one
- a block fenced as `console` under a comment `<!-- run -->`: each line after `$ ` is a command, the lines below it what
  it has to print, where `...` stands for anything; under `<!-- run with NAME -->` the installed plugin of that name is
  used, and otherwise none
- any block under a comment `<!-- file: NAME -->`: it is written into the folder under that name first

`cd FOLDER` works in a session. The reference CK-EHQ6-7X6D stands for the one that was printed first: real ones are
drawn by lot.
"""

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from attrs import define, frozen

BLOCK = re.compile(
    r"(?:<!-- *(?P<mark>[^>]*?) *-->\n+)?^```(?P<kind>\w+)[^\n]*\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
PROGRAMS = {
    "complaintkit": [sys.executable, "-m", "complaintkit"],
    "python": [sys.executable],
    "python3": [sys.executable],
}
EXAMPLE = "CK-EHQ6-7X6D"
REFERENCE = re.compile(r"\bCK-\w{4}-\w{4}\b")
PATIENCE = 300  # seconds for one command; the demonstration is the longest


class WrongExample(AssertionError):
    """An example does not do what its page says."""


@frozen
class Example:
    """One block that is carried out: what it is (`python`, `console`, `file`), its text, its line.

    `name` is the file's name, or the installed plugin that a session is run with.
    """

    kind: str
    text: str
    line: int
    name: str = ""


def examples(page: str) -> Iterator[Example]:
    """Yield what is to be carried out on a page, in order."""
    for block in BLOCK.finditer(page):
        mark, kind, text = block["mark"] or "", block["kind"], block["text"]
        line = page.count("\n", 0, block.start("text")) + 1
        if mark.startswith("file:"):
            yield Example("file", text, line, mark.removeprefix("file:").strip())
        elif kind == "python":
            yield Example("python", text, line)
        elif kind == "console" and (mark == "run" or mark.startswith("run with ")):
            yield Example("console", text, line, mark.removeprefix("run").removeprefix(" with "))


def carry_out(page: str, name: str, folder: Path) -> None:
    """Carry out every example of a page in a folder, which must be the current one.

    Raises:
        WrongExample: A command fails or prints something else; the text names page, line and difference.
        Exception: Whatever a Python block raises; the traceback names page and line.
    """
    names: dict[str, object] = {"__name__": "__example__"}
    session = Session(folder)
    for example in examples(page):
        if example.kind == "file":
            (session.folder / example.name).parent.mkdir(parents=True, exist_ok=True)
            (session.folder / example.name).write_text(example.text, encoding="utf-8")
        elif example.kind == "python":
            # Empty lines in front, so that a traceback shows the line of the page. The text is our own documentation.
            exec(compile("\n" * (example.line - 1) + example.text, name, "exec"), names)  # noqa: S102
        else:
            for command, expected in commands(example.text):
                session.check(command, expected, f"{name}:{example.line}", example.name)


def commands(session: str) -> Iterator[tuple[str, str]]:
    """Yield the commands of a console session, each with what it has to print."""
    for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command, expected


@define
class Session:
    """What the commands of a page have in common: where they run, and the reference the example's one stands for."""

    folder: Path
    reference: str = ""

    def check(self, command: str, expected: str, place: str, plugin: str = "") -> None:
        """Run a command and compare what it prints; where the page shows nothing, only the exit code counts.

        Args:
            command: The command.
            expected: What it has to print.
            place: Where it stands on the page.
            plugin: The installed plugin that is used; empty for none.

        Raises:
            WrongExample: It fails, or prints something else.
        """
        first, *rest = shlex.split(self.real(command), comments=True)
        if first == "cd":
            self.folder = self.folder / rest[0]
            return
        if first not in PROGRAMS:
            raise WrongExample(f"{place}: `{first}` is not among cd, {', '.join(PROGRAMS)}")
        told = {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "COLUMNS": "100", "NO_COLOR": "1"}
        told["COMPLAINTKIT_PLUGINS"] = plugin
        done = subprocess.run(
            [*PROGRAMS[first], *rest], cwd=self.folder, env=os.environ | told, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=PATIENCE,
        )  # fmt: skip
        if done.returncode:
            raise WrongExample(f"{place}: `{command}` ended with {done.returncode}:\n{done.stdout}")
        if not self.reference and (found := REFERENCE.search(done.stdout)):
            self.reference = found.group()
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        wanted = self.real(expected).strip()
        if wanted and not doctest.OutputChecker().check_output(wanted, done.stdout.strip(), flags):
            raise WrongExample(f"{place}: `{command}` prints\n{done.stdout}\ninstead of\n{wanted}")

    def real(self, text: str) -> str:
        """Return the text with the real reference in the place of the example's."""
        return text.replace(EXAMPLE, self.reference) if self.reference else text
