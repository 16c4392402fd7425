"""The published forms saved again by LibreOffice, as other people's programs do: docx, xlsx, xls, pdf, and kinds that it has to open
for us."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from perfdesk.commands.files import together
from perfdesk.document.source import Source
from perfdesk.formats.convert import office_program
from perfdesk.formats.read import read
from perfdesk.formats.write import write
from perfdesk.intake import take_in
from perfdesk.recognise import Recognised
from tests.forms.test_published_pdf import MANY, differing, wanted
from tests.making import catalog, counter, published

AGAIN = {
    "docx": ("z04.a.docx", "h01-h10.c.docx"),
    "xlsx": ("z03.d.xlsx", "h01-h10.d.xlsx"),
    "xls": ("z04.d.xlsx", "h01-h10.d.xlsx", "handan-2022-budget.xlsx"),
    "pdf": ("j01.c.docx", "d01-d23.c.docx"),
}
OURS = {"z05.xlsx": ("z05",), "z07.docx": ("z07",), "h01-h10.xlsx": MANY["h01-h10"]}
"""Written by this program, printed to PDF by LibreOffice: heads that repeat amid a table, merged cells whose text a page moved."""


Save = Callable[[str, Sequence[Path], Path], None]


@pytest.fixture(scope="session")
def save(tmp_path_factory: pytest.TempPathFactory) -> Save:
    """Files saved again in one go, with another ending, into a folder. The office program finds its own settings made."""
    program = office_program()
    if program is None:
        pytest.skip("没有 LibreOffice，跳过另存的测试")
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def saved(ending: str, files: Sequence[Path], folder: Path) -> None:
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", ending]
        subprocess.run(
            [*command, "--outdir", str(folder), *map(str, files)],
            check=True,
            capture_output=True,
            timeout=300,
        )

    return saved


@pytest.fixture(scope="session")
def again(save: Save, forms: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("again") / "saved"
    own = folder.parent / "own"
    own.mkdir()
    for name, parts in OURS.items():
        write(together([published(forms, part) for part in parts], catalog()), own / name)
    for ending, names in AGAIN.items():
        ours = [own / name for name in OURS] if ending == "pdf" else []
        save(ending, [*(forms / "office" / name for name in names), *ours], folder)
    return folder


def taken(path: Path) -> Recognised:
    return take_in(read(path), catalog(), counter())


def assert_every_field(recognised: Recognised, names: Sequence[str], forms: Path) -> None:
    assert len(recognised.filings) == len(names)
    wrong = {n: differing(one, wanted(forms, n)) for n, one in zip(names, recognised.filings, strict=True)}
    assert {name: fields for name, fields in wrong.items() if fields} == {}


FORMS = [(ending, name) for ending, names in AGAIN.items() for name in names if "budget" not in name]


@pytest.mark.parametrize(("ending", "name"), FORMS)
def test_a_form_saved_again_gives_every_field(ending: str, name: str, again: Path, forms: Path) -> None:
    stem = name.split(".")[0]
    recognised = taken(again / f"{name.rpartition('.')[0]}.{ending}")
    assert_every_field(recognised, MANY.get(stem, (stem,)), forms)
    assert recognised.leftovers == ()


@pytest.mark.parametrize("name", OURS)
def test_our_own_files_printed_to_pdf_give_every_field(name: str, again: Path, forms: Path) -> None:
    recognised = taken(again / f"{name.split('.')[0]}.pdf")
    assert_every_field(recognised, OURS[name], forms)
    assert recognised.leftovers == ()


def test_an_old_workbook_has_the_very_cells_of_the_new_one(again: Path, forms: Path) -> None:
    def cells(source: Source) -> list[list[tuple[int, int, int, int, str]]]:
        used = [[c for c in t.cells if c.text or c.rowspan > 1 or c.colspan > 1] for t in source.tables]
        return [[(c.row, c.col, c.rowspan, c.colspan, c.text) for c in table] for table in used]

    old = read(again / "handan-2022-budget.xls")
    assert old.format == "xls"
    assert cells(old) == cells(read(forms / "office" / "handan-2022-budget.xlsx"))


@pytest.mark.parametrize(("name", "ending"), [("z04.c.docx", "doc"), ("z04.d.xlsx", "ods")])
def test_a_file_of_another_program_is_converted_and_read(
    name: str, ending: str, save: Save, forms: Path, tmp_path: Path
) -> None:
    save(ending, [forms / "office" / name], tmp_path / "out")
    file = tmp_path / ("送审稿.wps" if ending == "doc" else "送审稿.ods")
    shutil.move(tmp_path / "out" / f"{name.rpartition('.')[0]}.{ending}", file)
    before = sorted(p.name for p in tmp_path.iterdir())
    recognised = taken(file)
    assert_every_field(recognised, ["z04"], forms)
    (note,) = recognised.leftovers
    assert "LibreOffice" in note, "the user is told that another program read it"
    assert sorted(p.name for p in tmp_path.iterdir()) == before, "nothing is left beside the file"
