"""The folder of scripts that measure the peers: where its programs are, how to run them, what they report."""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from attrs import frozen

HERE = Path(__file__).resolve().parent
PORT = os.environ.get("PEERS_PGPORT", "54329")


@frozen
class Peers:
    """The peers' bench.

    Attributes:
        scripts: The folder with `gen_mail.py` and its siblings.
        work: The folder in which the peers' environments were made (`PEERS_WORK` of their set-up).
    """

    scripts: Path
    work: Path

    @property
    def mail(self) -> ModuleType:
        """The generator of the mail set: loads it, fills in reference numbers, scores the threading."""
        spec = importlib.util.spec_from_file_location("gen_mail", self.scripts / "gen_mail.py")
        if spec is None or spec.loader is None:
            sys.exit(f"there is no gen_mail.py in {self.scripts}: give the folder of the peers' bench as --peers")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def python(self, environment: str) -> str:
        """Return the interpreter of a peer's environment."""
        path = self.work / "venv" / environment / "bin" / "python"
        if not path.exists():
            sys.exit(f"{path} is missing: set the peers up as their README says, then name their folder with --work")
        return str(path)

    def database(self, name: str) -> str:
        """Return the URL of a new empty PostgreSQL database on the server that the peers use."""
        subprocess.run([str(self.scripts / "pg.sh"), "fresh", name], check=True, env=self._environment(None))
        return f"postgresql+psycopg://bench@127.0.0.1:{PORT}/{name}"

    def helpdesk(self, setting: str, mail: Path, count: int) -> dict[str, Any]:
        """Measure django-helpdesk: `sqlite`, `sqlite-wal` or `pg`."""
        with tempfile.TemporaryDirectory() as folder:
            results = Path(folder) / "rows.jsonl"
            program = [self.python("helpdesk"), str(self.scripts / "bench_helpdesk.py"), "intake", setting]
            self._run([*program, str(mail.resolve()), str(count)], results)
            rows = [json.loads(line) for line in results.read_text("utf-8").splitlines()]
        found = {row["metric"]: row for row in rows}
        return {
            "rate": found["msgs_per_s"]["value"], "quarters": found["msgs_per_s"]["quarters"],
            "p50_ms": found["p50_ms"]["value"], "p95_ms": found["p95_ms"]["value"],
            "rss_mb": found["peak_rss"]["value"], "mails": found["msgs_per_s"]["mails_built"],
            "score": found["replies_correct"]["detail"],
        }  # fmt: skip

    def sweep(self, setting: str, count: int) -> dict[str, Any]:
        """Measure django-helpdesk's own sweep over so many open complaints, of which 1 % are due."""
        with tempfile.TemporaryDirectory() as folder:
            results = Path(folder) / "rows.jsonl"
            program = [self.python("helpdesk"), str(self.scripts / "bench_helpdesk.py")]
            self._run([*program, "seed", setting, str(count)], results)
            self._run([*program, "sweep", setting, str(count)], results)
            rows = [json.loads(line) for line in results.read_text("utf-8").splitlines()]
        found = {row["metric"]: row for row in rows}
        return {
            "due": found["command_s"]["due"], "seconds": found["command_s"]["value"],
            "idle_ms": found["command_nothing_due_s"]["value"] * 1000,
        }  # fmt: skip

    def lean(self, setting: str, mail: Path, count: int) -> dict[str, Any]:
        """Measure the lean limit: the least a correct framework must write; `sqlite`, `sqlite-full` or `pg`."""
        program = [self.python("limits"), str(HERE / "lean.py"), str(self.scripts), setting]
        return _answer(self._run([*program, str(mail.resolve()), str(count)], None))

    def ours(self, database: str, mail: Path, count: int, *more: str) -> dict[str, Any]:
        """Measure complaintkit on an empty database."""
        program = [sys.executable, str(HERE / "ours.py"), str(self.scripts), database]
        return _answer(self._run([*program, str(mail.resolve()), str(count), *more], None))

    def _run(self, command: list[str], results: Path | None) -> str:
        done = subprocess.run(
            command, cwd=self.scripts, env=self._environment(results), stdout=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"{' '.join(command[1:4])} ended with {done.returncode}; what it says is above\n{done.stdout}")
        return done.stdout

    def _environment(self, results: Path | None) -> dict[str, str]:
        more = {"PEERS_WORK": str(self.work), "PEERS_PGPORT": PORT, "PYTHONDONTWRITEBYTECODE": "1"}
        if results:
            more["PEERS_RESULTS"] = str(results)
        return {**os.environ, **more}


def _answer(output: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    return found
