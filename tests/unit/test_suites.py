"""Our own plugins pass the suites that others' have to pass; and the suites fail a plugin that deserves it."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest

from complaintkit.testing.builders import NOON
from complaintkit.testing.suites import (
    CategoriserSuite,
    ChannelSuite,
    CustomerSourceSuite,
    EscalationRuleSuite,
    ExporterSuite,
    FieldSuite,
    NotifierSuite,
    ObserverSuite,
    ReportSuite,
    RotaSuite,
)

OTHERS = Path(__file__).parents[1] / "faults" / "plugins" / "good_plugin.py"


class TestForm(ChannelSuite):
    """The built-in channels."""

    plugin = "complaintkit.builtin.form"
    samples = (b'{"text": "My parcel is late", "email": "a@example.org"}', "Моя посылка опоздала".encode())
    bad = (({"channels": "form"}, "channels"),)


class TestKeywords(CategoriserSuite):
    """The built-in categoriser."""

    plugin = "complaintkit.builtin.keywords"
    good: ClassVar = {"words": {"delivery": ["late"]}}
    bad = (({"words": {"delivery": "late"}}, "words.delivery"),)


class TestLadder(EscalationRuleSuite):
    """The built-in escalation rule."""

    plugin = "complaintkit.builtin.ladder"


class TestRota(RotaSuite):
    """The built-in rota."""

    plugin = "complaintkit.builtin.rota"
    good: ClassVar = {
        "zone": "Asia/Manila",
        "week": [{"hours": {"mon-fri": ["08:00-18:00"]}, "names": ["anna"]}],
        "shifts": [{"since": NOON - timedelta(days=2), "until": NOON - timedelta(days=1), "names": []}],
    }
    bad = (
        ({"zone": "Nowhere"}, "zone"),
        ({"week": [{"hours": {"someday": ["08:00-18:00"]}, "names": ["anna"]}]}, "week[0].hours"),
        ({"week": [{"hours": {"mon": ["18:00"]}, "names": ["anna"]}]}, "week[0].hours"),
        ({"week": [{"hours": {"mon": ["08:00-18:00"]}, "names": []}]}, "week[0].names"),
        ({"shifts": [{"since": NOON, "until": NOON}]}, "shifts[0]"),
    )


class TestFolder(NotifierSuite):
    """The built-in notifier."""

    plugin = "complaintkit.builtin.folder"


class TestVolume(ReportSuite):
    """A built-in report."""

    plugin = "complaintkit.builtin.volume"


class TestPromises(ReportSuite):
    """Another one."""

    plugin = "complaintkit.builtin.promises"


class TestVoices(ReportSuite):
    """The built-in report on how people complain."""

    plugin = "complaintkit.builtin.voices"


class TestExporter(ExporterSuite):
    """A well-made exporter of one file."""

    plugin = OTHERS


class TestCustomers(CustomerSourceSuite):
    """A well-made look-up."""

    plugin = OTHERS


class TestObserver(ObserverSuite):
    """A well-made observer."""

    plugin = OTHERS


class TestLearner(CategoriserSuite):
    """A well-made categoriser that learns."""

    plugin = str(OTHERS)


class TestWarranty(FieldSuite):
    """The example with fields of its own."""

    plugin = str(Path(__file__).parents[2] / "examples" / "warranty_fields.py")
    good: ClassVar[dict[str, Any]] = {"kinds": ["maker", "shop"]}
    bad = (({"kinds": "maker"}, "kinds"),)
    taken: ClassVar[dict[str, Any]] = {
        "warranty_until": [("2027-03-01", "2027-03-01"), (" 20270301 ", "2027-03-01")],
        "warranty_kind": [("MAKER", "maker")],
        "serial_photo": [(" shelf 3 ", "shelf 3")],
    }
    refused: ClassVar[dict[str, Any]] = {"warranty_until": ["tomorrow", "2027-02-30"], "warranty_kind": ["none"]}


BAD = {
    "forgets": ("return [Suggestion(str(next(numbers)), 1)]", "test_it_answers_the_same_twice"),
    "slow": ("time.sleep(0.3); return []", "test_it_survives_hostile_input"),
    "fragile": ("return [Suggestion(case.text.split()[0], 1)]", "test_it_survives_hostile_input"),
    "large": ("return [Suggestion('x', 1, case.text)]", "test_it_survives_hostile_input"),
    "spoils": ("object.__setattr__(case, 'text', ''); return []", "test_it_answers_the_same_twice"),
    "elsewhere": ("return [Suggestion('x', 1, str(os.getpid()))]", "test_it_answers_the_same_apart"),
}


@pytest.mark.parametrize("fault", sorted(BAD))
def test_a_plugin_that_deserves_it_fails(tmp_path: Path, fault: str) -> None:
    """Each way to be unfit is found by the test that is named for it."""
    line, fails = BAD[fault]
    (tmp_path / "bad_words.py").write_text(
        "import itertools, os, time\nfrom complaintkit import *\nnumbers = itertools.count()\n"
        f"def suggest(case):\n    {line}\n"
        "@hookimpl\ndef complaintkit_categorisers():\n    yield Categoriser('bad', suggest)\n",
        encoding="utf-8",
    )
    limits = {"suggest": "0.2s"} if fault == "slow" else {}
    (tmp_path / "test_bad.py").write_text(
        "from pathlib import Path\nfrom complaintkit.testing.suites import CategoriserSuite\n"
        "class TestBad(CategoriserSuite):\n    plugin = Path(__file__).with_name('bad_words.py')\n"
        f"    good = {{'limits': {limits!r}}}\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=120, cwd=tmp_path,
        env={"PYTHONPATH": ":".join(sys.path), "COMPLAINTKIT_PLUGINS": ""},
    )  # fmt: skip
    assert f"::{fails}" in done.stdout, done.stdout
    assert "TestBad::test_it_offers_something" not in done.stdout
