"""What holds of every command: help that opens with an example, one JSON document, an exit code that tells."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from complaintkit.cli.root import root
from tests.journeys.desk_in_a_folder import NOW, Shell, surroundings


def commands(
    command: click.Command = root, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command with the words that lead to it, groups and actions included."""
    yield path, command
    if isinstance(command, click.Group):
        with click.Context(command, info_name=path[-1] if path else "complaintkit") as context:
            for name in command.list_commands(context):
                found = command.get_command(context, name)
                assert found is not None, name
                yield from commands(found, (*path, name))


ALL = dict(commands())
SINGLE = [path for path, command in ALL.items() if not isinstance(command, click.Group) or path[-1:] == ("act",)]


@pytest.fixture
def busy(desk: Shell) -> tuple[Shell, str]:
    """Return a desk with one complaint and one parked item, and the complaint's reference."""
    (desk.folder / "a.txt").write_text("Посылка не пришла.")
    (desk.folder / "b.bin").write_bytes(b"\0")
    said = desk.works("receive", "a.txt", "b.bin", "--channel", "letter", "--now", NOW, "--json")
    return desk, said.json[0]["reference"]


def words_for(path: tuple[str, ...], reference: str) -> list[str]:
    """Return arguments with which a command has something to do."""
    given: dict[tuple[str, ...], list[str]] = {
        ("init",): ["--folder", "other"],
        ("demo",): ["shop", "--count", "2", "--months", "2"],
        ("receive",): ["a.txt", "--channel", "letter"],
        ("cases", "show"): [reference],
        ("cases", "new"): ["--text", "It leaks.", "--by", "irina"],
        ("cases", "status"): [TOKEN],
        ("cases", "act"): [reference],
        ("staff", "away"): ["irina", "--by", "irina"],
        ("staff", "back"): ["irina", "--by", "irina"],
        ("staff", "suggest"): [reference],
        ("staff", "hand-over-all"): ["desk", "--to", "irina", "--reason", "knows it", "--by", "lena"],
        ("clocks", "recalculate"): ["--reason", "closed on Fridays", "--by", "irina"],
        ("guide",): [reference],
        ("tasks", "show"): [TOKEN],
        ("tasks", "answer"): [TOKEN, "--name", "Vera", "--text", "It is."],
        ("tasks", "link"): [reference, "task-1"],
        ("precedents", "find"): ["kettle"],
        ("parked", "show"): ["2"],
        ("parked", "retry"): ["2"],
        ("report",): ["categories"],
        ("rules", "show"): ["uk-fca-disp"],
        ("plugins", "inspect"): ["keywords"],
        ("plugins", "check"): ["keywords"],
    }
    if path[:2] in ACTS and len(path) == 3:
        return [reference if path[0] == "cases" else IMPROVEMENT, path[2], "--by", "irina", *_needed(path)]
    if path in given:
        return given[path]
    arguments = [IMPROVEMENT for one in ALL[path].params if isinstance(one, click.Argument) and one.name == "reference"]
    return [*arguments, *_needed(path), *(["--by", "irina"] if path[:2] in OPENS else [])]


ACTS = (("cases", "act"), ("measures", "act"))
OPENS = (("measures", "add"), ("circles", "add"), ("circles", "hold"), ("circles", "deliver"))
TOKEN = "CKEHQ67X6D" + "0" * 40  # of no task that is open: likewise
IMPROVEMENT = "IM-EHQ6-7X6D"  # none that is on file: to be refused is an answer, too
_DAYS = {"since": "2026-03-01", "until": "2099-01-01"}


def _needed(path: tuple[str, ...]) -> list[str]:
    options = [one for one in ALL[path].params if isinstance(one, click.Option) and one.required and one.name != "by"]
    return [word for one in options for word in (one.opts[0], _value(one))]


def _value(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return str(option.type.choices[0])
    values = {"day": _DAYS.get(str(option.name), "2099-01-01"), "integer": "1", "amount": "1"}
    return values.get(option.type.name, "upheld")


@pytest.mark.parametrize("path", [" ".join(path) for path in ALL])
def test_help_opens_with_an_example(path: str, shell: Shell) -> None:
    """Whoever asks for help sees first how the command is used; every example is a command that there is."""
    words = path.split()
    if tuple(words[:2]) in ACTS and len(words) == 3:
        words.insert(2, "CK-7F3K-92DX" if words[0] == "cases" else IMPROVEMENT)
    lines = shell.works(*words, "--help").out.splitlines()
    assert lines[0] in ("Example:", "Examples:")
    example = lines[1].split()
    assert "complaintkit" == example[0]
    assert " ".join(example[1:]).startswith(" ".join(words[:2]) if words else "demo")


@pytest.mark.parametrize("path", [" ".join(path) for path in SINGLE])
def test_json_is_one_document(path: str, busy: tuple[Shell, str]) -> None:
    """With --json, standard output is one valid document, whether the command succeeds or is refused."""
    desk, reference = busy
    words = words_for(tuple(path.split()), reference)
    lead = path.split()[:2] if tuple(path.split()[:2]) in ACTS else path.split()
    said = desk(*lead, *words, "--json")
    assert said.code in (0, 1, 3), said.err
    document = json.loads(said.out)
    assert (said.code == 1) == (isinstance(document, dict) and "error" in document) or path == "parked retry"
    assert "Traceback" not in said.err


def test_every_command_takes_json() -> None:
    """No command that does something lacks --json."""
    lacking = [path for path in SINGLE if "--json" not in {name for one in ALL[path].params for name in one.opts}]
    assert [] == lacking


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["cases", "list"], 0),
        (["cases", "show", "CK-7F3K-92D7"], 1),
        (["cases", "show", "not a reference"], 1),
        (["cases", "act", "{reference}", "close", "--by", "irina"], 1),
        (["cases", "act", "{reference}", "note", "--text", "x", "--by", "irina", "--version", "1"], 1),
        (["parked", "show", "99"], 1),
        (["plugins", "inspect", "nobody"], 1),
        (["plugins", "check", "nowhere.py"], 1),
        (["cases", "lst"], 2),
        (["cases", "act", "{reference}", "clsoe"], 2),
        (["cases", "list", "--now", "2026-03-01T10:00"], 2),
        (["receive", "a.txt", "--channel", "pigeon"], 2),
        (["receive", "a.txt"], 2),
        (["report", "volum"], 2),
        (["report", "volume", "--format", "docx"], 2),
        (["report", "volume", "--since", "2026-03-01", "--until", "2026-03-01"], 2),
        (["work", "--watch", "1", "--now", NOW], 2),
        (["cases", "list", "--settings", "a.txt"], 4),
        (["demo", "."], 4),
    ],
)
def test_exit_codes(words: list[str], code: int, busy: tuple[Shell, str]) -> None:
    """0 done, 1 failed, 2 wrong use, 4 surroundings; a failure is told on standard error, and without traceback."""
    desk, reference = busy
    said = desk(*(word.format(reference=reference) for word in words))
    assert code == said.code, said.err
    assert bool(code) == ("Error:" in said.err)
    assert "Traceback" not in said.err


def test_a_missing_or_foreign_database_is_an_environment_error(desk: Shell) -> None:
    """Without database every command that needs it ends with 4 and says how to make one; `db check` finds it."""
    (desk.folder / "complaints.db").unlink()
    said = desk("cases", "list")
    assert (4, True) == (said.code, "complaintkit db upgrade" in said.err)
    assert 3 == desk("db", "check").code
    assert not (desk.folder / "complaints.db").exists(), "looking must not make a database"
    desk.works("db", "upgrade")
    desk.works("db", "check")
    (desk.folder / "complaints.db").write_bytes(b"this is no database" * 100)
    said = desk("cases", "list")
    assert (4, False) == (said.code, "Traceback" in said.err)


def test_a_moment_without_zone_is_told_how_to_write_it(desk: Shell) -> None:
    """The error names the option and shows the moment with a zone."""
    said = desk("cases", "list", "--now", "2026-03-01T10:00")
    assert "--now" in said.err
    assert "2026-03-01T10:00+03:00" in said.err


def test_a_reader_that_goes_away_ends_the_command_quietly(busy: tuple[Shell, str]) -> None:
    """`| head` gets its lines, and nobody gets a traceback."""
    desk, _ = busy
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "complaintkit", "db", "sql"],
        cwd=desk.folder, stdout=writing, stderr=subprocess.PIPE, encoding="utf-8", timeout=60, env=surroundings(),
    )  # fmt: skip
    os.close(writing)
    assert (141, "") == (done.returncode, done.stderr)


def test_tables_are_never_cut_in_a_pipe_and_have_no_colour(busy: tuple[Shell, str]) -> None:
    """However narrow the terminal, another program gets whole lines and no escape signs."""
    desk, reference = busy
    long = "Чайник " * 40
    (desk.folder / "long.txt").write_text(long)
    desk.works("receive", "long.txt", "--channel", "letter", "--now", NOW)
    said = desk.outside("cases", "list", COLUMNS="40", FORCE_COLOR="1")
    assert long.strip()[:100] in said.out
    assert "\x1b" not in said.out
    assert "\x1b" not in desk.outside("cases", "show", reference, NO_COLOR="1").out


@pytest.mark.parametrize("shell_name", ["bash", "zsh", "fish"])
def test_completion_exists(shell_name: str, shell: Shell) -> None:
    """A shell can ask for its completion script, and for the commands that begin with some letters."""
    script = shell.outside(_COMPLAINTKIT_COMPLETE=f"{shell_name}_source")
    assert (0, True) == (script.code, "complaintkit" in script.out)


def test_help_loads_neither_database_nor_converter(shell: Shell) -> None:
    """The outermost help is quick: what only some commands need is not imported for it."""
    program = (
        "import sys; from complaintkit.cli import run; run(['--help']); "
        "print(sorted({'sqlalchemy', 'cattrs', 'alembic', 'complaintkit.app'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env=surroundings(),
        check=True,
    )
    assert "[]" == done.stdout.splitlines()[-1]
