"""Six published overall targets, collected from their Word files and consolidated: every sum added up by hand.

| 万元 | total | fiscal | other | basic | project |
| --- | ---: | ---: | ---: | ---: | ---: |
| z01 | 13 034.70 | 3 034.70 | 10 000.00 | 2 227.70 | 10 807.00 |
| z03 | 537.30 | (a word) | | 245.30 | 292.00 |
| z04 | 988.68 | 988.68 | | 546.71 | 441.97 |
| z05 | 1 200.00 | 1 200.00 | 0 | 1 148.00 | 52.00 |
| z07 | 459.83 | 459.83 | | 419.83 | 40.00 |
| z08 | 85 550.00 | 85 550.00 | 0 | 0 | 85 550.00 |
| together | 101 770.51 | 91 233.21 | 10 000.00 | 4 587.54 | 97 182.97 |
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from perfdesk.__main__ import main
from perfdesk.formats.read import read
from perfdesk.intake import take_in
from perfdesk.store import Store
from tests.making import catalog, counter, expected

SIX = ("z01", "z03", "z04", "z05", "z07", "z08")
FORM = "zhengzhou-2021/overall-target"
YEAR = "2021"
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def data(forms: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a bureau has after it was given the six files on a stick, and knew none of the units."""
    stick, data = tmp_path_factory.mktemp("stick"), tmp_path_factory.mktemp("bureau") / "data"
    for name in SIX:
        shutil.copy(forms / "office" / f"{name}.c.docx", stick)
    with contextlib.redirect_stdout(io.StringIO()):
        assert main(["--data", str(data), "collect", str(stick), "--add-unknown"]) == 0
    return data


@pytest.fixture
def ask(data: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Ask]:
    def asked(*arguments: str) -> Any:
        capsys.readouterr()
        assert (
            main(["--data", str(data), "--json", "consolidate", "--year", YEAR, "--form", FORM, *arguments])
            == 0
        )
        return json.loads(capsys.readouterr().out)

    yield asked


def test_six_units_handed_in_and_are_called_as_their_forms_call_them(data: Path, forms: Path) -> None:
    with Store.open(data, read_only=True) as store:
        names = {n.key: n.name for n in store.bureau.nodes()}
        handed = {names[h.unit] for h in store.bureau.handings(int(YEAR))}
    assert handed == {expected(forms, name)["unit_name"] for name in SIX}


def test_their_budgets_are_the_sums_by_hand(ask: Ask) -> None:
    (form,) = ask()["forms"]
    cells = {r["key"]: r["cells"]["amount"] for t in form["tables"] for r in t["rows"]}
    assert form["papers"] == 6 and form["amount_unit"] == "万元"
    assert {field: (c["value"], c["papers"], c["unread"]) for field, c in cells.items()} == {
        "total": ("101770.51", 6, 0),
        "fiscal": ("91233.21", 5, 1),
        "other": ("10000", 3, 0),
        "basic": ("4587.54", 6, 0),
        "project": ("97182.97", 6, 0),
    }


def test_each_total_is_traced_to_its_units_and_the_word_among_them_is_not_lost(ask: Ask, forms: Path) -> None:
    told = ask("--trace", "budget/fiscal")
    names = {expected(forms, name)["unit_name"]: name for name in SIX}
    assert [(names[s["name"]], s["value"], s["text"]) for s in told["shares"]] == [
        ("z08", "85550", ""),
        ("z01", "3034.7", ""),
        ("z05", "1200", ""),
        ("z04", "988.68", ""),
        ("z07", "459.83", ""),
        ("z03", None, "财政性资金"),
    ]


def test_rates_of_all_are_weighed_by_their_budgets(ask: Ask) -> None:
    found = {i["level3"]: i for i in ask()["forms"][0]["indicators"]}
    # (80 × 13034.70 + 100 × 537.30 + 90 × 988.68 + 95 × 1200 + 100 × 459.83 + 85 × 85550) ÷ 101770.51 = 84.673…
    six = found["政府采购执行率"]
    assert (six["target"], six["papers"], six["how"]) == ("≥84.67%", 6, "weighted")
    # (95 × 13034.70 + 99 × 537.30 + 95 × 988.68 + 100 × 459.83 + 100 × 85550) ÷ 100570.51 = 99.297…
    five = found["预算执行率"]
    assert (five["target"], five["papers"]) == ("≥99.3%", 5)
    words = found["决算真实性"]
    assert (words["target"], words["papers"], words["words"]) == (None, 6, 6)


def test_the_consolidated_form_is_a_form_again_with_every_unit_in_it(
    ask: Ask, forms: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.docx"
    ask("--to", str(out))
    (one,) = take_in(read(out), catalog(), counter()).filings
    assert one.filing.cell("budget/total") == "101,770.51" and one.filing.cell("budget/basic") == "4,587.54"
    tasks = [row.get("name") for row in one.filing.section("tasks")]
    assert len(tasks) == 6 + 4 + 5 + 3 + 6 + 3
    for name in SIX:
        unit = expected(forms, name)["unit_name"]
        assert any(task.startswith(f"{unit}：") for task in tasks)
    leaves = {row.get("level3"): row.get("target") for row in one.filing.section("indicators")}
    assert leaves["政府采购执行率"] == "≥84.67%" and leaves["决算真实性"] == "真实"
