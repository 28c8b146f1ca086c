"""A desk in a folder, used through the command line as people use it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from complaintkit.cli import run
from tests.house.floors import ROOT

NOW = "2026-03-02T09:00Z"


@frozen
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return the one JSON document on standard output."""
        return json.loads(self.out)


@frozen
class Shell:
    """A person in a folder who types commands."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *words: str | Path) -> Said:
        """Run a command in this process; quick."""
        self.capsys.readouterr()
        code = run([str(word) for word in words])
        told = self.capsys.readouterr()
        return Said(code, told.out, told.err)

    def works(self, *words: str | Path) -> Said:
        """Run a command that has to end well."""
        said = self(*words)
        assert 0 == said.code, said.out + said.err
        return said

    def outside(self, *words: str | Path, text: str = "", **environment: str) -> Said:
        """Run a command in a process of its own, as a terminal does."""
        done = subprocess.run(
            [sys.executable, "-m", "complaintkit", *map(str, words)],
            cwd=self.folder, input=text, capture_output=True, encoding="utf-8", timeout=120,
            env={**surroundings(), **environment},
        )  # fmt: skip
        return Said(done.returncode, done.stdout, done.stderr)


def surroundings() -> dict[str, str]:
    """Return the environment in which a program finds this checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
