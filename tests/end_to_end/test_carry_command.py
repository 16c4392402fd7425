"""``carry``: six units' forms of 2021 become those of 2023 in one go, and what a person must decide is listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfdesk.__main__ import main
from perfdesk.check import check
from perfdesk.formats.read import read
from perfdesk.intake import take_in
from perfdesk.model.change import SetCell
from perfdesk.model.filing import Filing
from perfdesk.sample import sample_filings
from perfdesk.store import Store
from tests.making import as_read, catalog, counter
from tests.rules.filings import change

SIX = ("z01", "z03", "z04", "z05", "z07", "z08")
NEW = "绩效目标编制完成率"


def run(data: Path, *arguments: str) -> int:
    return main(["--data", str(data), *arguments])


def stored(data: Path, year: int) -> list[Filing]:
    with Store.open(data, read_only=True) as store:
        return [store.filing(i.id) for i in store.filings(year)]


def kept(data: Path, *filings: Filing) -> None:
    with Store.open(data) as store:
        for filing in filings:
            store.add(filing, "导入")


def sources(forms: Path) -> dict[str, list[Path]]:
    return {
        "office": [forms / "office" / f"{name}.c.docx" for name in SIX],
        "text": [forms / "text" / "zhengzhou-2021-six-units.txt"],
    }


@pytest.mark.parametrize("kind", ["office", "text"])
def test_six_units_are_carried_to_the_next_edition_in_one_go(
    kind: str, forms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "import", *map(str, sources(forms)[kind])) == 0
    capsys.readouterr()
    assert run(tmp_path, "--json", "carry", "--from", "2021", "--to", "2023") == 0
    told = json.loads(capsys.readouterr().out)
    last, new = stored(tmp_path, 2021), stored(tmp_path, 2023)
    assert [f.form for f in new] == ["zhengzhou-2023/overall-target"] * 6
    assert [f.unit_name for f in new] == [f.unit_name for f in last]
    for before, after, said in zip(last, new, told["filings"], strict=True):
        assert only_decisions_are_open(before, after, said["open"])
        assert comes_back(after, tmp_path)


def only_decisions_are_open(before: Filing, after: Filing, listed: list[dict[str, object]]) -> bool:
    """Beyond what was wrong in the old form, the new one asks only for what is listed as to be decided."""
    old = {(f.code, f.place) for f in check(catalog().form(before.form), before)}
    found = check(catalog().form(after.form), after)
    new = [
        f for f in found if f.severity == "error" and (f.code, f.place) not in old and f.code != "misplaced"
    ]
    assert [f.message for f in new] == [f"“{NEW}”还没有指标值。"]
    asked = [f for f in found if f.code.startswith("carried")]
    assert len(asked) == len([one for one in listed if one["kind"] != "target"])
    assert any(NEW in str(one["where"]) for one in listed)
    return True


def comes_back(filing: Filing, folder: Path) -> bool:
    """Exported, read back, equal."""
    from perfdesk.export import export_filing

    form = catalog().form(filing.form)
    for format in ("docx", "xlsx"):
        path = folder / f"carried.{format}"
        export_filing(form, filing, path, draft=True)
        found = take_in(read(path), catalog(), counter()).filings
        assert [as_read(one.filing) for one in found] == [as_read(filing)], format
    return True


def test_all_of_it_is_one_deed(tmp_path: Path, forms: Path) -> None:
    run(tmp_path, "import", *map(str, sources(forms)["office"][:3]))
    run(tmp_path, "carry", "--from", "2021", "--to", "2022")
    assert len(stored(tmp_path, 2022)) == 3
    with Store.open(tmp_path) as store:
        assert store.office.undo() == "由 2021 年度结转"
        assert store.filings(2022) == ()
        store.office.redo()
        assert len(store.filings(2022)) == 3
        assert store.verify() == ()


def sample(year: int) -> Filing:
    return next(f for f in sample_filings(catalog(), counter()) if f.year == year)


def test_what_the_new_year_has_already_stays_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept(tmp_path, sample(2021))
    assert run(tmp_path, "carry", "--from", "2021", "--to", "2022") == 0
    before = stored(tmp_path, 2022)
    assert run(tmp_path, "carry", "--from", "2021", "--to", "2022") == 1
    assert "已经有这份表" in capsys.readouterr().err
    assert stored(tmp_path, 2022) == before


def test_the_unit_is_the_one_the_filing_belongs_to_whatever_is_written_in_it(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add(sample(2021), "导入", "局机关")
    run(tmp_path, "carry", "--from", "2021", "--to", "2022")
    with Store.open(tmp_path, read_only=True) as store:
        assert [i.unit_name for i in store.filings(2022)] == ["局机关"]


@pytest.mark.parametrize(
    ("choice", "total"), [("keep", "100"), ("empty", ""), ("105", "105"), ("90.5%", "90.5")]
)
def test_amounts_are_kept_emptied_or_scaled(choice: str, total: str, tmp_path: Path) -> None:
    parts = (SetCell("budget", c, "") for c in ("fiscal", "other", "basic", "project"))
    kept(tmp_path, change(sample(2021), *parts, SetCell("budget", "total", "100")))
    assert run(tmp_path, "carry", "--from", "2021", "--to", "2022", "--amounts", choice) == 0
    assert stored(tmp_path, 2022)[0].cell("budget/total") == total


def test_wrong_choices_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept(tmp_path, sample(2021))
    with pytest.raises(SystemExit) as wrong:
        run(tmp_path, "carry", "--from", "2021", "--to", "2022", "--amounts", "half")
    assert wrong.value.code == 2
    assert run(tmp_path, "carry", "--from", "2021", "--to", "2022", "--scheme", "nowhere") == 3
    assert "nowhere" in capsys.readouterr().err
    assert run(tmp_path, "carry", "--from", "1999", "--to", "2022") == 1
