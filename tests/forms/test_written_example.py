"""The example on the page about writing a form file is a form: it is loaded, filled in, checked, exported and read back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from perfdesk import paths
from perfdesk.catalog import Catalog, load, new_filing
from perfdesk.check import check
from perfdesk.compose import compose
from perfdesk.filing_json import filing_json
from perfdesk.formats.child import read_file
from perfdesk.formats.write import write
from perfdesk.intake import take_in
from perfdesk.model.change import InsertRow, SetCell, apply
from perfdesk.model.filing import Filing, Row
from tests.making import counter, plain

if TYPE_CHECKING:
    from pathlib import Path

FORM = "ours-2024/training-plan"
CELLS = {
    "basic/unit_name": "示例市住房保障中心",
    "basic/goal": "全员轮训一遍。",
    "money/total": "900",
    "money/lectures": "600",
    "money/rooms": "300",
}


def written() -> str:
    """The form file as the page prints it."""
    page = (paths.templates() / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    return block


def placed(folder: Path, text: str) -> Catalog:
    file = folder / "templates" / "forms" / f"{FORM}.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return load(own=folder)


def filled(catalog: Catalog, cells: dict[str, str]) -> Filing:
    new_id = counter()
    filing = new_filing(catalog.form(FORM), 2024, "", new_id)
    changes = [SetCell(*address.split("/"), text) for address, text in cells.items()]
    rows = [Row(new_id(), "classes", {"name": name, "month": "5月", "people": "30 人"}) for name in "甲乙"]
    return apply(filing, [*changes, *(InsertRow(row, None) for row in reversed(rows))])[0]


def test_the_example_is_loaded_filled_and_checked(tmp_path: Path) -> None:
    catalog = placed(tmp_path, written())
    assert catalog.faults == ()
    form = catalog.form(FORM)
    assert [f.code for f in check(form, filled(catalog, CELLS)) if f.severity == "error"] == []
    wrong = check(form, filled(catalog, CELLS | {"money/rooms": "299"}))
    assert any(f.severity == "error" and "299" in f.message for f in wrong)


@pytest.mark.parametrize("format", ["docx", "xlsx", "pdf"])
def test_the_example_is_exported_and_read_back(tmp_path: Path, format: str) -> None:
    catalog = placed(tmp_path, written())
    form, filing = catalog.form(FORM), filled(catalog, CELLS)
    file = tmp_path / f"plan.{format}"
    write(compose(form, filing).document, file)
    (found,) = take_in(read_file(file), catalog, counter("again")).filings
    assert found.filing.form == FORM and found.filing.year == 2024
    assert plain(filing_json(form, found.filing)["sections"]) == plain(filing_json(form, filing)["sections"])


def test_a_letter_changed_in_the_example_is_told_and_nothing_else_is_lost(tmp_path: Path) -> None:
    catalog = placed(tmp_path, written().replace("repeat_head", "repeat_heat"))
    (fault,) = catalog.faults
    assert "training-plan" in str(fault) and "repeat_heat" in str(fault)
    assert len(catalog.forms) == len(load().forms)
