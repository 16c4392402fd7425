"""A folder that is dropped on the window stands for the forms in it."""

from __future__ import annotations

from pathlib import Path

from perfdesk.formats.folders import MOST, files_in


def test_a_folder_stands_for_the_forms_in_and_below_it(tmp_path: Path) -> None:
    names = [
        "b.docx",
        "a.PDF",
        "c/d.xls",
        "c/~$d.xls",
        "c/note.md",
        ".git/x.json",
        "c/.x.docx",
        "p.zip",
        "z.7z",
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    alone = tmp_path / "z.7z"
    found = files_in([alone, tmp_path])
    assert [f.relative_to(tmp_path).as_posix() for f in found] == [
        "z.7z",
        "a.PDF",
        "b.docx",
        "p.zip",
        "c/d.xls",
    ]


def test_a_file_that_is_named_beside_its_folder_is_read_once(tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        (tmp_path / name).touch()
    found = files_in([tmp_path / "b.docx", tmp_path, tmp_path])
    assert [f.name for f in found] == ["b.docx", "a.docx"]


def test_no_more_than_a_person_can_look_through(tmp_path: Path) -> None:
    for number in range(MOST + 5):
        (tmp_path / f"{number:04}.docx").touch()
    assert len(files_in([tmp_path])) == MOST
