"""Every example in README and documentation does what its page says."""

import re
import sys
from pathlib import Path

import pytest

from tests.documentation import WrongExample, carry_out, examples
from tests.house.floors import ROOT

PAGES = sorted(page.relative_to(ROOT).as_posix() for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))
PAGES += sorted(page.relative_to(ROOT).as_posix() for page in ROOT.glob("plugins/*/README.md"))


def text_of(page: str) -> str:
    """Return a page's text."""
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [page for page in PAGES if any(examples(text_of(page)))])
def test_the_examples_of_a_page_work(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Carried out in order in an empty folder, every example of a page works and prints what the page shows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(sys, "path", [str(tmp_path), *map(str, ROOT.glob("plugins/*/src")), *sys.path])
    carry_out(text_of(page), page, tmp_path)


@pytest.mark.parametrize("page", PAGES)
def test_the_links_of_a_page_lead_somewhere(page: str) -> None:
    """Each relative link of a page leads to a file of the repository."""
    links = re.findall(r"\]\((?!\w+:)([^)#\s]+)", re.sub(r"^```.*?^```$", "", text_of(page), flags=re.M | re.S))
    assert [] == [link for link in links if not (ROOT / page).parent.joinpath(link).exists()]


def test_every_page_is_in_the_navigation() -> None:
    """A page of docs/ that nobody can reach from the menu is noticed, and so is a menu entry without a page."""
    listed = set(re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    assert listed == {page.removeprefix("docs/") for page in PAGES if page.startswith("docs/")}


def fence(kind: str, text: str) -> str:
    """Return a fenced block."""
    return f"```{kind}\n{text}\n```\n"


def test_blocks_share_their_names_and_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later block sees the names of an earlier one, a file written by the page, and a console session runs there."""
    monkeypatch.chdir(tmp_path)
    carry_out(
        "<!-- file: words.txt -->\n" + fence("text", "жалоба")
        + fence("python", "import pathlib; words = pathlib.Path('words.txt').read_text('utf-8')")
        + fence("python", "assert words == 'жалоба\\n'")
        + "<!-- run -->\n" + fence("console", "$ python -c \"print('one'); print('two')\"\none\n...")
        + fence("console", "$ rm -r everything")
        + fence("toml", "not python"),
        "page.md", tmp_path,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("session", "words"),
    [
        ('$ python -c "print(1)"\n2', "page.md:3.*prints\n1\n\ninstead of\n2"),
        ('$ python -c "raise SystemExit(3)"', "ended with 3"),
        ("$ rm -r everything", "`rm` is not among cd, complaintkit, python"),
    ],
)
def test_a_session_that_lies_is_reported(session: str, words: str, tmp_path: Path) -> None:
    """Another output, a failing command or a foreign program is reported with page and line."""
    with pytest.raises(WrongExample, match=f"(?s){words}"):
        carry_out("<!-- run -->\n" + fence("console", session), "page.md", tmp_path)


def test_a_python_block_that_fails_is_reported(tmp_path: Path) -> None:
    """An error in a Python block comes out, and its traceback has the line of the page."""
    with pytest.raises(ZeroDivisionError) as caught:
        carry_out("# Title\n\n" + fence("python", "a = 0\n1 / a"), "page.md", tmp_path)
    assert ("page.md", 5) == (Path(caught.traceback[-1].path).name, caught.traceback[-1].lineno + 1)
