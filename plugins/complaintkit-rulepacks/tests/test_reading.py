"""Packs in a folder of one's own: what is read, and what is refused with file and key."""

from pathlib import Path

import pytest

import complaintkit_rulepacks
from complaintkit import SettingsError
from complaintkit_rulepacks import Settings, from_folder, shipped

OWN = (Path(__file__).parent / "own" / "our-promise.toml").read_text(encoding="utf-8")


def offered(folder: Path | None = None) -> dict[str, object]:
    """Return what the plugin yields with a folder, by name."""
    return {one.name: one for one in complaintkit_rulepacks.complaintkit_rule_packs(Settings(folder=folder))}


def test_ones_own_packs_stand_beside_the_shipped_ones(tmp_path: Path) -> None:
    """A file of the folder is a pack; what is no TOML file is passed over."""
    (tmp_path / "our-promise.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a pack", encoding="utf-8")
    assert {one.name for one in shipped()} | {"our-promise"} == set(offered(tmp_path))


def test_of_the_same_name_ones_own_counts(tmp_path: Path) -> None:
    """A figure that has changed needs no new release: a file of the same name takes the pack's place."""
    (tmp_path / "us-cfpb.toml").write_text(OWN.replace("our-promise", "us-cfpb"), encoding="utf-8")
    found = offered(tmp_path)
    assert len(shipped()) == len(found)
    assert found["us-cfpb"] in from_folder(tmp_path)


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("broken.toml", "name = ", "broken.toml: cannot be read"),
        ("other.toml", OWN, r"other.toml.name: is 'our-promise'; a file is called as the pack in it"),
        ("our-promise.toml", OWN.replace("days = 12", "dais = 12"), r"our-promise.toml.standards\[0\].within.dais"),
        ("our-promise.toml", OWN.replace('source = "the association', 'sauce = "the association'), "sauce: there is"),
    ],
)
def test_a_file_that_is_no_pack_is_refused(tmp_path: Path, file: str, text: str, words: str) -> None:
    """What is wrong is told with the file and the key."""
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=words):
        from_folder(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A slip in the name of the folder does not pass for a folder without packs."""
    with pytest.raises(SettingsError, match="there is no folder"):
        from_folder(tmp_path / "not-there")


def test_the_shipped_packs_are_dated_and_warn() -> None:
    """Each was compared with its source on a day that is told, and has something to say of what is not in it."""
    assert [] == [one.name for one in shipped() if not one.note.strip()]
    assert {"2026-11-22"} == {str(one.checked) for one in shipped()}
