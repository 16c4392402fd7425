"""``perfdesk package``, ``unpack``, ``unseal``: from a unit's store to the bureau's and back to work."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from perfdesk.__main__ import main
from perfdesk.sample import install, sample_filings
from perfdesk.store import Store
from tests.making import catalog, counter
from tests.packages.made import parts_in, zipped

YEAR = 2021
"""The year of the sample without errors."""


def said(capsys: pytest.CaptureFixture[str], *argv: str | Path) -> tuple[int, str, str]:
    code = main([str(a) for a in argv])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    folder = tmp_path / "unit"
    with Store.open(folder) as store:
        install(store, catalog(), store.new_id)
    return folder


@pytest.fixture
def package(unit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "报送包.zip"
    assert said(capsys, "--data", unit, "package", "--year", str(YEAR), "--to", path)[0] == 0
    return path


def rows_of(folder: Path, year: int = YEAR) -> list[object]:
    with Store.open(folder, read_only=True) as store:
        return [replace(store.filing(i.id), id=None) for i in store.filings(year)]


def test_what_the_unit_hands_in_the_bureau_has(
    unit: Path, package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bureau = tmp_path / "bureau"
    code, out, err = said(capsys, "--data", bureau, "unpack", package)
    assert (code, err) == (0, "") and "核对码" in out
    assert rows_of(bureau) == rows_of(unit)
    with Store.open(bureau) as store:
        assert store.verify() == ()
        assert store.office.can_undo() == "导入“报送包.zip”"  # one step for all of it
        store.office.undo()
        assert store.filings() == ()


def test_import_takes_a_package_as_unpack_does(
    unit: Path, package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "--data", tmp_path / "b", "import", package)[0] == 0
    assert rows_of(tmp_path / "b") == rows_of(unit)


def test_read_shows_what_is_in_it_and_stores_nothing(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = said(capsys, "--data", tmp_path / "b", "read", package, "--json")
    told = json.loads(out)["files"][0]
    assert code == 0 and len(told["filings"]) == 3
    assert (told["package"]["year"], told["package"]["draft"]) == (YEAR, False)
    assert not (tmp_path / "b").exists()


def test_unpack_says_in_json_what_it_took(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(said(capsys, "--data", tmp_path / "b", "unpack", package, "--json")[1])
    assert told["filings"] == [1, 2, 3]
    assert told["package"]["unit_name"] == "示例市住房保障中心"


def test_the_same_store_gives_the_same_package_again(
    unit: Path, package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = tmp_path / "again.zip"
    said(capsys, "--data", unit, "package", "--year", str(YEAR), "--to", again)
    first, second = (json.loads(parts_in(p.read_bytes())["manifest.json"]) for p in (package, again))
    assert first["files"] == second["files"]
    assert first["made"] != second["made"] or package.read_bytes() == again.read_bytes()


def test_what_was_handed_in_is_closed_to_apply_until_it_is_unsealed(
    unit: Path, package: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def applied() -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO('{"set": "basic/goal", "to": "改过的目标"}\n'))
        return said(capsys, "--data", unit, "apply", "1")[1]

    assert applied().startswith("ERR 1 这份填报已报送")
    assert said(capsys, "--data", unit, "undo", "1")[0] == 3
    listed = json.loads(said(capsys, "--data", unit, "list", "--json")[1])["filings"]
    assert [f["id"] for f in listed if f["sealed"]] == [1, 2, 3]
    assert said(capsys, "--data", unit, "unseal", "1", "--reason", " ")[0] == 3
    assert said(capsys, "--data", unit, "unseal", "1", "--reason", "局里退回")[0] == 0
    assert applied() == "OK 1\n"
    history = json.loads(said(capsys, "--data", unit, "history", "1", "--json")[1])
    labels = [e["label"] for e in history]
    assert labels[1].startswith("报送并封存") and labels[2:] == ["解除封存：局里退回", "修改“年度履职目标”"]


def test_with_errors_open_it_refuses_and_a_draft_seals_nothing(
    unit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.zip"
    code, _, err = said(capsys, "--data", unit, "package", "--year", "2022", "--to", path)
    assert code == 3 and "草稿" in err and not path.exists()
    assert said(capsys, "--data", unit, "package", "--year", "2022", "--to", path, "--draft")[0] == 0
    assert json.loads(parts_in(path.read_bytes())["manifest.json"])["draft"] is True
    with Store.open(unit, read_only=True) as store:
        assert not any(i.sealed for i in store.filings())


def test_a_year_of_two_units_asks_which(
    unit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(unit) as store:
        store.add(
            next(f for f in sample_filings(catalog(), counter()) if f.year == YEAR), "又一个", "别的单位"
        )
    ask = ("--data", unit, "package", "--year", str(YEAR), "--to", tmp_path / "a.zip")
    code, _, err = said(capsys, *ask)
    assert code == 3 and "别的单位" in err and not (tmp_path / "a.zip").exists()
    assert said(capsys, *ask, "--unit", "别的单位")[0] == 0
    with Store.open(unit, read_only=True) as store:
        assert [i.unit_name for i in store.filings() if i.sealed] == ["别的单位"]


def test_a_filing_bound_to_a_unit_of_another_name_comes_to_that_unit(
    unit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(unit) as store:
        store.office.rename_unit(store.units()[0].id, "改了名的单位")
    said(capsys, "--data", unit, "package", "--year", str(YEAR), "--to", tmp_path / "a.zip")
    said(capsys, "--data", tmp_path / "b", "unpack", tmp_path / "a.zip")
    with Store.open(tmp_path / "b") as store:
        assert {i.unit_name for i in store.filings()} == {"改了名的单位"}
        assert store.verify() == ()


def test_explanations_travel_with_the_package(
    unit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from perfdesk.check import check
    from perfdesk.derive import derive
    from perfdesk.explained import finding_key

    with Store.open(unit) as store:
        info = next(i for i in store.filings(2022) if i.form == "zhengzhou-2021/overall-target")
        filing, form = store.filing(info.id), catalog().form(info.form)
        warning = next(f for f in check(form, filing, derive(form, filing)) if f.severity == "warning")
        store.office.explain(info.id, finding_key(filing, warning), "按幢统计，已与局里商定。")
    said(capsys, "--data", unit, "package", "--year", "2022", "--to", tmp_path / "a.zip", "--draft")
    _, out, _ = said(capsys, "--data", tmp_path / "b", "unpack", tmp_path / "a.zip")
    assert "按幢统计，已与局里商定。" in out
    with Store.open(tmp_path / "b", read_only=True) as store:
        explained = store.office.all_explanations()
        assert [e.text for _, e in explained] == ["按幢统计，已与局里商定。"]


def test_a_damaged_package_leaves_the_store_as_it_was(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bureau, parts = tmp_path / "b", parts_in(package.read_bytes())
    said(capsys, "--data", bureau, "unpack", package)
    before = said(capsys, "--data", bureau, "dump", "--json")[1]
    parts["filings/003.json"] = parts["filings/003.json"][:-1] + b" "
    package.write_bytes(zipped(parts))
    for command in ("unpack", "import"):
        code, _, err = said(capsys, "--data", bureau, command, package)
        assert code == 3 and "filings/003.json" in err
    assert said(capsys, "--data", bureau, "dump", "--json")[1] == before


def test_unpack_says_of_another_file_that_it_is_no_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("某单位整体绩效目标", encoding="utf-8")
    code, _, err = said(capsys, "--data", tmp_path / "b", "unpack", path)
    assert code == 3 and "import" in err


def test_a_package_that_cannot_be_written_seals_nothing(
    unit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = said(
        capsys, "--data", unit, "package", "--year", str(YEAR), "--to", tmp_path / "no" / "a.zip"
    )
    assert code == 3 and "文件夹" in err
    with Store.open(unit, read_only=True) as store:
        assert not any(i.sealed for i in store.filings())
