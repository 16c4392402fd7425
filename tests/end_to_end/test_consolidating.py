"""``consolidate``, ``differences``, ``ranking``: asked of a small city, told to people and as JSON, written as files."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfdesk.__main__ import main
from perfdesk.document.source import Source, SourceText
from perfdesk.formats.read import read
from perfdesk.intake import take_in
from perfdesk.model.bureau import Node
from perfdesk.model.filing import Filing
from perfdesk.store import Store
from tests.bureau.units import BUDGET, budget_of, filing_of, handing, row
from tests.making import catalog, counter

TARGET, EVALUATION = "zhengzhou-2021/overall-target", "jinshui-2021/self-evaluation"
PROJECT = "hebei-2022/project-target"
TREE = (
    Node("41", "41", "某市", "city", None, False),
    Node("4101", "4101", "某局", "department", "41", True),
    Node("410101", "410101", "甲所", "unit", "4101", True),
    Node("410102", "410102", "乙所", "unit", "4101", True),
    Node("4102", "4102", "丙局", "unit", "41", True),
)


def target(name: str, total: str, basic: str) -> Filing:
    head = row("basic", "basic", unit_name=name, goal="目标")
    return filing_of(TARGET, head, row("budget", "budget", total=total, basic=basic))


def evaluation(name: str, executed: str, done: str) -> Filing:
    tree = [row("a", "indicators", level1="产出指标"), row("b", "indicators", "a", level2="履职目标实现")]
    tree.append(row("c", "indicators", "b", level3="完成率", target="≥90%", actual=done))
    money = row("money", "money", adjusted="100", executed=executed)
    result = row("result", "result", total="88", scheme="hubei")
    return filing_of(EVALUATION, row("basic", "basic", unit_name=name), money, result, *tree)


def hand_in(folder: Path) -> Path:
    """Everybody of the tree, in the store of that folder."""
    projects = [
        filing_of(PROJECT, row("basic", "basic", name=name), row("budget", "budget", total=total))
        for name, total in (("河岸照明", "7"), ("河道清淤", "5"))
    ]
    with Store.open(folder) as store:
        store.bureau.put_nodes(TREE)
        store.bureau.take_all(
            [
                handing("4101", target("某局", "30.01", "5"), budget_of({"9999999": {"basic.general": "3"}})),
                handing("410101", target("甲所", "10", "约3"), budget_of({"2120101": {"basic.general": "3"}}),
                        evaluation("甲所", "90", "90%")),
                handing("410102", target("乙所", "20", "2"), evaluation("乙所", "90", "90%"), *projects),
                handing("4102", target("丙局", "5", ""), evaluation("丙局", "100", "45%")),
            ]
        )  # fmt: skip
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return hand_in(tmp_path / "bureau")


Asked = Any


@pytest.fixture
def ask(data: Path, capsys: pytest.CaptureFixture[str]) -> Asked:
    """Exit code and what was said; with ``--json`` the value."""

    def asked(*arguments: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = main(["--data", str(data), *arguments])
        told = capsys.readouterr()
        return code, json.loads(told.out) if "--json" in arguments else told.out + told.err

    return asked


def test_the_city_is_added_up_without_the_form_that_is_a_sum_already(ask: Asked) -> None:
    code, said = ask("--json", "consolidate", "--year", "2023", "--form", TARGET)
    (form,) = said["forms"]
    cells = {r["key"]: r["cells"].get("amount") for t in form["tables"] for r in t["rows"]}
    assert (code, said["of"], form["papers"]) == (0, "全部单位", 3)
    assert cells["total"] == {"value": "35", "papers": 3, "unread": 0, "where": "budget/total"}
    assert cells["basic"] == {"value": "2", "papers": 1, "unread": 1, "where": "budget/basic"}


def test_a_node_or_single_units_by_their_names(ask: Asked) -> None:
    def total(*arguments: str) -> list[str]:
        said = ask("--json", "consolidate", "--year", "2023", "--form", TARGET, *arguments)[1]
        return [r["cells"]["amount"]["value"] for t in said["forms"][0]["tables"] for r in t["rows"][:1]]

    assert total("--node", "某局") == ["30"]
    assert total("--unit", "甲所", "--unit", "4102") == ["15"]
    assert total("--unit", "某局") == ["30.01"]


def test_a_sum_is_explained_by_its_units(ask: Asked) -> None:
    code, said = ask("consolidate", "--year", "2023", "--form", TARGET, "--trace", "budget/basic")
    assert code == 0
    assert said.splitlines() == [
        "预算情况 · 基本支出 2.00 万元，由 1 份表相加：乙所 2.00；1 份有不是数的内容，没有计入：甲所“约3”",
        "  乙所  2.00",
        "  甲所  “约3”",
    ]


def test_projects_of_one_unit_are_told_apart(ask: Asked) -> None:
    said = ask("consolidate", "--year", "2023", "--form", PROJECT, "--trace", "budget/total")[1]
    assert said.splitlines() == [
        "预算规模 · 预算数 12.00 万元，由 2 份表相加：乙所“河岸照明” 7.00、乙所“河道清淤” 5.00",
        "  乙所“河岸照明”  7.00",
        "  乙所“河道清淤”  5.00",
    ]


def test_the_shares_of_a_cell_add_up_to_it(ask: Asked) -> None:
    trace = ("--form", BUDGET, "--trace", "支出总表/212/total")
    said = ask("--json", "consolidate", "--year", "2023", *trace)[1]
    assert (said["value"], said["row"], [s["value"] for s in said["shares"]]) == (
        "3",
        "212 城乡社区支出",
        ["3"],
    )


def test_a_cell_that_is_not_there_and_a_form_that_nobody_has_are_refused_in_one_line(ask: Asked) -> None:
    code, said = ask("consolidate", "--year", "2023", "--form", TARGET, "--trace", "budget/none")
    assert code == 3 and "budget//none" in said and "Traceback" not in said
    code, said = ask("consolidate", "--year", "2023", "--form", "zhengzhou-2023/overall-target")
    assert code == 3 and TARGET in said
    code, said = ask("consolidate", "--year", "2023", "--node", "没有的局")
    assert code == 3 and "没有的局" in said
    assert ask("consolidate", "--year", "2022")[0] == 1


def test_the_consolidated_form_is_written_and_read_back_with_its_sums(ask: Asked, tmp_path: Path) -> None:
    for suffix in ("docx", "xlsx"):
        out = tmp_path / f"out.{suffix}"
        assert (
            ask("consolidate", "--year", "2023", "--form", TARGET, "--node", "41", "--to", str(out))[0] == 0
        )
        (one,) = take_in(read(out), catalog(), counter()).filings
        assert (one.filing.unit_name, Decimal(one.filing.cell("budget/total"))) == ("某市", 35)


def test_projects_are_not_made_into_one_form(ask: Asked, tmp_path: Path) -> None:
    code, said = ask("consolidate", "--year", "2023", "--form", PROJECT, "--to", str(tmp_path / "a.docx"))
    assert code == 3 and "项目" in said
    assert ask("consolidate", "--year", "2023", "--form", PROJECT)[0] == 0


def test_everything_is_written_as_one_summary(ask: Asked, tmp_path: Path) -> None:
    out = tmp_path / "all.xlsx"
    code, said = ask("--json", "consolidate", "--year", "2023", "--to", str(out))
    listed = texts(read(out)).splitlines()
    assert code == 0 and "指标分单位" in " ".join(listed)
    first = listed.index("乙所", listed.index("预算总额（元）"))
    assert listed[first - 1 : first + 4] == ["完成率", "乙所", "≥90%", "90%", "200000"]
    assert {f["form"]: f["papers"] for f in said["forms"]} == {
        TARGET: 3,
        BUDGET: 1,  # of 甲所; that of its department is its sum
        EVALUATION: 3,
        PROJECT: 2,
    }


def test_evaluations_are_scored_as_one_by_execution_and_goals(ask: Asked) -> None:
    said = ask("--json", "consolidate", "--year", "2023", "--form", EVALUATION)[1]
    score = said["forms"][0]["score"]
    # executed 280 ÷ adjusted 300 × 20; (90 × 10 + 90 × 20 + 45 × 5) ÷ 35 = 83.57 of 90 × 80
    assert [(i["name"], i["score"]) for i in score["items"]] == [("预算执行率", "18.67"), ("完成率", "74.28")]
    assert (score["total"], score["grade"], score["scheme"]["id"]) == ("92.95", "优", "hubei")
    other = ask("--json", "consolidate", "--year", "2023", "--form", EVALUATION, "--scheme", "jinshui-2021")
    assert other[1]["forms"][0]["score"]["scheme"]["id"] == "jinshui-2021"


def test_an_indicator_is_listed_by_unit_with_the_money_that_it_weighs_by(ask: Asked) -> None:
    said = ask("--json", "consolidate", "--year", "2023", "--form", EVALUATION, "--indicator", "完 成率")[1]
    (one,) = said["indicators"]
    # (90 × 10 + 90 × 20 + 45 × 5) ÷ 35
    assert (one["target"], one["actual"], one["how"]) == ("≥90%", "83.57%", "weighted")
    assert [(u["name"], u["target"], u["actual"], u["money"]) for u in one["units"]] == [
        ("甲所", "≥90%", "90%", "100000"),
        ("乙所", "≥90%", "90%", "200000"),
        ("丙局", "≥90%", "45%", "50000"),
    ]
    told = ask("consolidate", "--year", "2023", "--form", EVALUATION, "--indicator", "完成率")[1]
    assert "    丙局  ≥90%，完成 45%（预算总额 50,000.00 元）" in told.splitlines()
    assert ask("consolidate", "--year", "2023", "--form", EVALUATION, "--indicator", "没有")[0] == 3


def test_what_a_department_says_differs_from_its_units_cell_by_cell(ask: Asked) -> None:
    code, said = ask("--json", "differences", "--year", "2023", "--node", "某局")
    cells = {(f["form"], c["where"]): c for f in said["forms"] for c in f["cells"]}
    assert code == 1
    one = cells[TARGET, "budget/total"]
    assert (one["own"], one["below"], one["by"]) == ("30.01", "30", "0.01")
    assert [(s["name"], s["value"]) for s in one["shares"]] == [("乙所", "20"), ("甲所", "10")]
    lacks = cells[BUDGET, "支出总表/212/total"]
    assert (lacks["own"], lacks["below"], lacks["by"]) == (None, "3", None)
    assert (BUDGET, "支出总表/total/total") not in cells, "3 and 3 are the same"


def test_differences_are_told_with_the_units_where_they_are_asked_for(ask: Asked) -> None:
    said = ask("differences", "--year", "2023", "--node", "4101", "--form", TARGET, "--shares")[1]
    assert said.splitlines() == [
        f"市级部门（单位）整体绩效目标申报表（{TARGET}）：2 处不同，3 处相同，单位：万元",
        "  预算情况 · 预算总额：本部门 30.01，下级合计 30.00，差 0.01",
        "    乙所  20.00",
        "    甲所  10.00",
        "  预算情况 · 基本支出：本部门 5.00，下级合计 2.00（有的不是数），差 3.00",
        "    乙所  2.00",
        "    甲所  “约3”",
    ]


def test_where_there_is_nothing_below_there_is_nothing_to_differ_from(ask: Asked) -> None:
    code, said = ask("differences", "--year", "2023", "--node", "丙局")
    assert code == 1 and "没有可以对照的表" in said


def test_units_are_ranked_and_equal_totals_share_a_place(ask: Asked) -> None:
    code, said = ask("--json", "ranking", "--year", "2023")
    (one,) = said["rankings"]
    assert code == 0
    assert [(r["place"], r["name"], r["total"], r["grade"], r["printed"]) for r in one["rows"]] == [
        (1, "甲所", "98", "优", "88"),
        (1, "乙所", "98", "优", "88"),
        (3, "丙局", "60", "中", "88"),
    ]
    assert [m["name"] for m in one["missing"]] == ["某局"]
    said = ask("ranking", "--year", "2023", "--node", "4101")[1]
    assert "丙局" not in said and "表上印的是 88" in said


def test_a_year_without_evaluations_has_no_ranking(ask: Asked) -> None:
    assert ask("ranking", "--year", "2022")[0] == 1


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "pdf"])
def test_differences_and_ranking_are_written_as_documents(ask: Asked, tmp_path: Path, suffix: str) -> None:
    apart, ranks = tmp_path / f"apart.{suffix}", tmp_path / f"ranks.{suffix}"
    assert ask("differences", "--year", "2023", "--node", "4101", "--to", str(apart))[0] == 1
    assert ask("ranking", "--year", "2023", "--to", str(ranks))[0] == 0
    differing, ranking = (texts(read(out)) for out in (apart, ranks))
    assert "乙所 20.00；甲所 10.00" in differing and "“约3”" in differing
    assert "表上总分" in ranking and "没有报送：某局。" in ranking


def texts(source: Source) -> str:
    """Everything in a file, without blanks of the page's making."""
    items = (
        i.text if isinstance(i, SourceText) else "\n".join(c.text for c in i.grid.cells) for i in source.items
    )
    return "\n".join(items)


OF_2023 = ("--year", "2023")
ALL_THAT_IS_ASKED = (
    ("consolidate", *OF_2023),
    *(("consolidate", *OF_2023, "--form", form) for form in (TARGET, BUDGET, EVALUATION, PROJECT)),
    ("consolidate", *OF_2023, "--form", TARGET, "--node", "某局", "--trace", "budget/basic"),
    ("consolidate", *OF_2023, "--form", EVALUATION, "--indicator", "完成率"),
    ("differences", *OF_2023, "--node", "某局"),
    ("ranking", *OF_2023),
)


def test_a_server_says_the_same_as_a_file(
    data: Path, on_server: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_in(on_server)
    for asked in ALL_THAT_IS_ASKED:
        told = []
        for folder in (data, on_server):
            capsys.readouterr()
            main(["--data", str(folder), "--json", *asked])
            told.append(capsys.readouterr().out)
        assert told[0] == told[1] and len(json.loads(told[0])) > 1
