"""A folder that is dropped on the window stands for the forms in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from perfdesk.formats import folders
from perfdesk.formats.folders import MOST, files_in, walked


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


def test_a_stick_is_walked_whole_and_what_is_no_form_is_named(tmp_path: Path) -> None:
    theirs = ["甲/a.zip", "甲/乙/b.docx", "甲/c.rar", "照片.jpg", "forms.pdpack"]
    systems = [
        "$RECYCLE.BIN/S-1/$R1.zip",
        "System Volume Information/x.zip",
        "__MACOSX/._a.zip",
        ".Trash-0/a.zip",
        "Thumbs.db",
        "甲/~$b.docx",
        "甲/._a.zip",
        "desktop.ini",
    ]
    for name in theirs + systems:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    many = tmp_path / "多"
    many.mkdir()
    for number in range(MOST + 1):
        (many / f"{number:04}.zip").touch()
    found = walked([tmp_path])
    names = {f.relative_to(tmp_path).as_posix() for f in found.files if f.parent != many}
    assert names == {"甲/a.zip", "甲/乙/b.docx", "forms.pdpack"}
    assert {f.name for f in found.others} == {"c.rar", "照片.jpg"}
    assert len(found.files) == 3 + MOST + 1, "all of them, however many"


def test_a_folder_that_does_not_open_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may look into every folder, so the system's answer is given here."""
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲" / "a.zip").touch()
    (tmp_path / "b.zip").touch()
    scan = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name == "甲":
            raise PermissionError(13, "no", path)
        return scan(path)

    monkeypatch.setattr(folders.os, "scandir", refusing)
    found = walked([tmp_path])
    assert [f.name for f in found.files] == ["b.zip"]
    assert found.closed == (tmp_path / "甲",)
