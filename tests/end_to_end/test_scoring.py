"""Scoring from the command line: a target becomes a self-evaluation, is filled in, scored, compared with others; schemes are copied."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfdesk import paths
from perfdesk.__main__ import main
from perfdesk.compose import compose
from perfdesk.evaluation.begin import evaluation_of
from perfdesk.formats.read import read
from perfdesk.formats.write import write
from perfdesk.model.change import SetCell
from perfdesk.model.filing import leaves
from perfdesk.scoring_catalog import own_folder
from tests.making import counter
from tests.rules import filings as f

D = Decimal
SAMPLE = paths.resources() / "samples" / "2021.json"


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(data: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*args: str | Path) -> Said:
        try:
            code = main(["--data", str(data), *map(str, args)])
        except SystemExit as left:
            code = int(str(left.code))
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return command


def word(tmp_path: Path, weight: str = "", **typed: str) -> Path:
    """A department's self-evaluation on paper: all as it was meant, 80 of 100 spent; ``typed`` in the result; ``weight`` of the one
    indicator of 产出, which is worth 40."""
    form = f.form("jinshui-2021/self-evaluation")
    filing = evaluation_of(form, f.form(), f.honest(), counter("e"))
    done = [
        SetCell(x.row.id, "actual", x.row.get("target").lstrip("≥≤=")) for x in leaves(filing, "indicators")
    ]
    money = [SetCell("money", "adjusted", "100"), SetCell("money", "executed", "80")]
    result = [SetCell("result", key, text) for key, text in typed.items()]
    result.append(SetCell(f.leaf_id(filing, "养护公园数量"), "weight", weight))
    path = tmp_path / "自评.docx"
    write(compose(form, f.change(filing, *done, *money, *result)).document, path)
    return path


def test_a_target_says_that_it_cannot_be_scored_and_what_to_do(run: Run) -> None:
    said = run("score", SAMPLE)
    assert (said.code, said.out) == (3, "")
    assert "perfdesk evaluate --year 2021" in said.err
    (number,) = run("import", SAMPLE).out.split()
    assert "perfdesk evaluate --year 2021" in run("score", number).err


def test_the_years_targets_become_self_evaluations_once(run: Run) -> None:
    run("import", SAMPLE)
    (made,) = run("evaluate", "--year", "2021", "--json").json["filings"]
    assert made["form"] == "jinshui-2021/self-evaluation"
    scored = run("score", str(made["id"]), "--json").json["filings"][0]
    assert (scored["total"], scored["grade"], scored["open"]) == ("0", "", len(scored["items"]))
    again = run("evaluate", "--year", "2021")
    assert (again.code, again.out) == (1, "")
    assert run("list").out.count("\n") == 2


def test_a_form_that_is_none_of_a_self_evaluation_is_refused_with_those_there_are(run: Run) -> None:
    said = run("evaluate", "--year", "2021", "--form", "zhengzhou-2021/overall-target")
    assert said.code == 3
    assert "jinshui-2021/self-evaluation" in said.err


def test_a_file_is_scored_line_by_line_with_reasons_and_a_summary_that_adds_up(
    run: Run, tmp_path: Path
) -> None:
    said = run("score", word(tmp_path), "--json")
    assert said.code == 0
    (scored,) = said.json["filings"]
    assert (scored["total"], scored["grade"], scored["open"]) == ("98", "优", 0)
    first = scored["items"][0]
    assert (first["where"], first["weight"], first["score"]) == ("money", "10", "8")
    assert first["reason"] == "执行数 80.00 ÷ 调整预算数 100.00 × 10 分 = 8.00 分"
    assert sum(D(i["score"]) for i in scored["items"]) == sum(D(x["score"]) for x in scored["levels"]) == 98
    assert [(x["label"], x["rate"]) for x in scored["levels"]][:2] == [
        ("预算执行", "80"),
        ("投入管理", "100"),
    ]
    assert scored["printed"] == {"total": None, "grade": None}


def test_what_is_printed_otherwise_stands_beside_what_is_computed(run: Run, tmp_path: Path) -> None:
    path = word(tmp_path, total="87", grade="良")
    (scored,) = run("score", path, "--json").json["filings"]
    assert (scored["total"], scored["printed"]) == ("98", {"total": "87", "grade": "良"})
    assert "总分 98，等级“优”（表上印的是总分 87、等级 良）" in run("score", path).out


def test_a_printed_score_of_a_line_stands_beside_the_computed_one(run: Run, tmp_path: Path) -> None:
    form = f.form("jinshui-2021/self-evaluation")
    filing = evaluation_of(form, f.form(), f.honest(), counter("e"))
    cells = {"adjusted": "100", "executed": "80", "score": "7"}
    filing = f.change(filing, *(SetCell("money", key, text) for key, text in cells.items()))
    write(compose(form, filing).document, tmp_path / "自评.docx")
    said = run("score", tmp_path / "自评.docx", "--json")
    first = said.json["filings"][0]["items"][0]
    assert (first["score"], first["computed"], first["printed"]) == ("8", "8", "7")
    (line,) = [x for x in run("score", tmp_path / "自评.docx").out.splitlines() if "表上" in x]
    assert line.endswith("得分 8，表上 7  执行数 80.00 ÷ 调整预算数 100.00 × 10 分 = 8.00 分")


def test_people_read_a_table_whose_columns_stand_under_each_other(run: Run, tmp_path: Path) -> None:
    lines = run("score", word(tmp_path)).out.splitlines()
    table = lines[lines.index("  指标      权重分值  得分  得分率") :][:5]
    assert table == [
        "  指标      权重分值  得分  得分率",
        "  预算执行        10     8     80%",
        "  投入管理        20    20    100%",
        "  产出指标        40    40    100%",
        "  效益指标        30    30    100%",
    ]


def test_weights_that_do_not_add_up_are_told(run: Run, tmp_path: Path) -> None:
    path = word(tmp_path, weight="35.5")
    (scored,) = run("score", path, "--json").json["filings"]
    assert {"label": "产出指标", "wanted": "40", "got": "35.5"} in scored["weights"]
    assert "“产出指标”各指标的分值合计 35.5，应为 40" in run("score", path).out


def test_a_cap_says_why_the_total_is_less(run: Run, data: Path, tmp_path: Path) -> None:
    run("score", "--copy", "hubei", "ours")
    file = own_folder(data) / "ours.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\n[[caps]]\nbelow = 90\nmost = 89\n", encoding="utf-8")
    path = word(tmp_path)
    (scored,) = run("score", path, "--scheme", "ours", "--json").json["filings"]
    assert (scored["uncapped"], scored["total"], scored["grade"]) == ("96", "89", "良")
    assert "预算执行率 80.00%，低于 90%，总分不超过 89 分" in run("score", path, "--scheme", "ours").out


def test_another_scheme_is_tried_without_changing_anything(run: Run, tmp_path: Path) -> None:
    path = word(tmp_path)
    (scored,) = run("score", path, "--scheme", "hubei", "--json").json["filings"]
    assert (scored["scheme"]["id"], scored["items"][0]["score"], scored["total"]) == ("hubei", "16", "96")
    assert all(w["wanted"] == w["got"] for w in scored["weights"]), (
        "printed weights are those of another scheme"
    )
    refused = run("score", path, "--scheme", "ningxia-transfer-2022")
    assert refused.code == 3
    assert "hubei" in refused.err


@pytest.mark.parametrize("args", [[], ["1", "--year", "2021"]])
def test_what_to_score_is_said_in_one_way(run: Run, args: list[str]) -> None:
    assert run("score", *args).code == 2


def test_a_report_without_a_table_of_scores_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    chapters = ("一、基本情况", "二、绩效自评工作开展情况", "三、综合评价结论", "四、绩效目标实现情况分析")
    path.write_text("\n".join(("2021年度部门整体绩效自评报告", *chapters)), encoding="utf-8")
    said = run("score", path)
    assert "没有各项指标得分表" in said.out
    assert "权重分值" not in said.out and "“”" not in said.out


def test_a_year_without_self_evaluations_says_how_they_are_made(run: Run) -> None:
    said = run("score", "--year", "2021")
    assert said.code == 1
    assert "perfdesk evaluate --year 2021" in said.err


def test_a_year_goes_into_a_workbook_as_a_table(run: Run, tmp_path: Path) -> None:
    run("import", word(tmp_path), "--year", "2022")
    to = tmp_path / "得分.xlsx"
    said = run("score", "--year", "2022", "--to", to, "--json")
    assert said.code == 0
    (row,) = said.json["rows"]
    assert (row["total"], row["grade"], said.json["average"]) == ("98", "优", "98")
    assert said.json["grades"] == {"优": 1, "良": 0, "中": 0, "差": 0}
    assert [(w["indicator"], w["rate"]) for w in said.json["worst"]] == [("预算执行率", "80")]
    texts = [cell.text for table in read(to).tables for cell in table.cells]
    assert "98" in texts and "优" in texts


# --- schemes ----------------------------------------------------------------------------------------------------------


def test_schemes_are_listed_with_source_and_what_is_unchecked(run: Run) -> None:
    schemes = {s["id"]: s for s in run("score", "--schemes", "--json").json}
    assert schemes["hubei"]["parts"] == {"预算执行率": "20", "绩效目标": "80"}
    assert [i for i, s in schemes.items() if s["unchecked"]] == ["national-2021-cost"]
    assert all(s["source"] in run("score", "--schemes").out for s in schemes.values())


def test_a_copied_and_changed_scheme_scores(run: Run, data: Path, tmp_path: Path) -> None:
    assert run("score", "--copy", "hubei", "ours").code == 0
    file = own_folder(data) / "ours.toml"
    text = file.read_text(encoding="utf-8").replace("weight = 20", "weight = 50")
    file.write_text(text.replace("weight = 80", "weight = 50"), encoding="utf-8")
    (scored,) = run("score", word(tmp_path), "--scheme", "ours", "--json").json["filings"]
    assert scored["items"][0]["score"] == "40"
    assert "ours（自己的）" in run("score", "--schemes").out


def test_a_wrong_scheme_is_told_whole_and_everything_else_works(run: Run, data: Path, tmp_path: Path) -> None:
    run("score", "--copy", "hubei", "ours")
    file = own_folder(data) / "ours.toml"
    text = file.read_text(encoding="utf-8").replace("weight = 20", "weight = 30")
    file.write_text(text.replace("digits = 2", "digits = 9"), encoding="utf-8")
    said = run("score", word(tmp_path), "--json")
    assert (said.code, said.json["filings"][0]["total"]) == (0, "98")
    assert all(word in said.err for word in ("ours.toml", "110", "digits"))
    assert "ours" not in [s["id"] for s in run("score", "--schemes", "--json").json]


def test_a_taken_id_is_refused(run: Run) -> None:
    assert run("score", "--copy", "hubei", "sichuan").code == 3
    assert run("score", "--copy", "nowhere", "ours").code == 3


# --- a report ---------------------------------------------------------------------------------------------------------


def test_a_published_report_is_scored_again_as_far_as_its_own_data_go(run: Run, forms: Path) -> None:
    """What it prints, read off the page by a person; 22285.52 of 22285.52 were spent."""
    said = run("score", forms / "text" / "jinshui-2021-self-evaluation-report.txt", "--json")
    assert said.code == 0
    (report,) = said.json["filings"]
    printed = [(x["label"], x["weight"], x["score"]) for x in report["levels"]]
    assert printed == [("预算执行", "10", "8"), ("投入管理", "20", "16"), ("产出指标", "40", "37"), ("效益指标", "30", "26")]  # fmt: skip
    assert (report["total"], report["grade"], report["grade_of_total"]) == ("87", "良", "良")
    assert [x["computed"] for x in report["levels"]] == ["10", None, None, None]
    assert report["rates"]["“三公经费”控制率"].endswith("0.59 ÷ “三公”经费预算安排 1.5 = 39.33%")
    assert report["rates"]["预算调整率"].endswith("= 252.80%")
