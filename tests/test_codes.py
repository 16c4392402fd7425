"""Lists of codes: what is shipped, what a user's own files do, what is told where one is wrong."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from perfdesk import catalog, codes, paths
from perfdesk.budget.find_codes import CodeIndex
from perfdesk.errors import FormError
from tests.making import catalog as shipped_catalog

SHIPPED = paths.templates() / "standards" / "codes"
FUNCTION, ECONOMIC = "function-2022", "economic-2022"


def write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"format = 1\n{text}", encoding="utf-8")


def a_list(list_id: str, kind: str, lines: str) -> str:
    return f'id = "{list_id}"\nkind = "{kind}"\nyear = 2024\nsource = "某处"\ncodes = """\n{lines}\n"""\n'


def problems(own: Path) -> str:
    with pytest.raises(FormError) as caught:
        codes.load(SHIPPED, own)
    return "\n".join(caught.value.problems)


def test_every_code_of_the_published_budget_has_its_official_name(forms: Path) -> None:
    text = (forms / "text" / "handan-2022-department-budget.txt").read_text(encoding="utf-8")
    printed = {m[1]: m[2] for m in re.finditer(r"^\d+\t(\d{3}|\d{5}|\d{7})\t([^\t]+)\t", text, re.M)}
    names = {**codes.load(SHIPPED)[FUNCTION].names, **codes.load(SHIPPED)[ECONOMIC].names}
    said_otherwise = {"30110": "城镇职工基本医疗保险缴费", "30213": "维修(护)费"}
    assert len(printed) > 60
    assert {c: n for c, n in printed.items() if names.get(c) != n} == said_otherwise


def test_all_classes_of_the_summaries_and_the_four_lines_of_the_three_public_expenses_are_in_the_lists() -> (
    None
):
    budget = shipped_catalog().form("handan-2022/department-budget").budget
    assert budget is not None
    for table in budget.tables:
        for line in table.lines:
            for code in line.codes:
                assert budget.ledger(table.ledger).names[code].rstrip("用") in line.label


def test_a_code_knows_what_stands_above_it() -> None:
    one = codes.load(SHIPPED)[FUNCTION]
    assert [one.names[c] for c in one.above("2101101")] == ["卫生健康支出", "行政事业单位医疗"]
    assert one.above("9999999") == ()


def test_codes_are_found_by_name_and_initials() -> None:
    index = CodeIndex(codes.load(SHIPPED)[FUNCTION].names)
    assert index.search("住房公积金", 1)[0].code == "2210201"
    assert "2210201" in [c.code for c in index.search("zfgjj", 5)]


def test_economic_codes_say_whose_expenses_they_usually_are() -> None:
    budget = shipped_catalog().form("handan-2022/department-budget").budget
    assert budget is not None
    economic, spending = budget.ledger("economic"), budget.ledger("spending")
    usual = {c: economic.usual_kind(c) for c in ("30101", "30231", "303", "31002", "39999")}
    assert usual == {
        "30101": "personnel",
        "30231": "public",
        "303": "personnel",
        "31002": "public",
        "39999": "",
    }
    assert spending.usual_kind("2120109") == ""


def test_a_users_file_replaces_the_shipped_list(tmp_path: Path) -> None:
    write(tmp_path, f"{FUNCTION}.toml", a_list(FUNCTION, "function", "208 社会保障\n20805\t养老"))
    loaded = codes.load(SHIPPED, tmp_path)
    assert dict(loaded[FUNCTION].names) == {"208": "社会保障", "20805": "养老"}
    assert len(loaded[ECONOMIC].names) > 100


def test_a_users_list_of_another_year_is_one_more(tmp_path: Path) -> None:
    write(tmp_path, "function-2024.toml", a_list("function-2024", "function", "208 社会保障"))
    assert set(codes.load(SHIPPED, tmp_path)) == {FUNCTION, ECONOMIC, "function-2024"}


def test_single_codes_of_a_user_stand_with_the_shipped_ones(tmp_path: Path) -> None:
    write(
        tmp_path,
        codes.ADDED,
        'function = """\n# 自己加的\n2120198 老旧管网\n"""\neconomic = "30298 其他补贴"\n',
    )
    loaded = codes.load(SHIPPED, tmp_path)
    assert loaded[FUNCTION].names["2120198"] == "老旧管网"
    assert loaded[FUNCTION].names["2120199"] == "其他城乡社区管理事务支出"
    assert loaded[FUNCTION].added == {"2120198"}
    assert loaded[ECONOMIC].names["30298"] == "其他补贴"


def test_a_users_codes_reach_the_ledger(tmp_path: Path) -> None:
    folder = codes.own_folder(tmp_path)
    folder.mkdir(parents=True)
    write(folder, codes.ADDED, 'function = "2120198 老旧管网"\n')
    budget = catalog.load(own=tmp_path).form("handan-2022/department-budget").budget
    assert budget is not None
    assert budget.ledger("spending").names["2120198"] == "老旧管网"


def test_no_folder_of_the_users_is_no_mistake(tmp_path: Path) -> None:
    assert set(codes.load(SHIPPED, codes.own_folder(tmp_path))) == {FUNCTION, ECONOMIC}


def test_every_mistake_of_a_list_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    lines = "208 社会保障\n2089 四位\n21001 没有上级\n208 又一次\n没有编码\n209"
    write(tmp_path, "mine-2024.toml", a_list("other", "function", lines) + 'extra = "x"\n')
    told = problems(tmp_path)
    for part in (
        "应与文件名一致：mine-2024",
        "第 2 行：编码 2089 应为 3、5、7 位",
        "21001 的上级 210 不在目录里",
        "第 4 行：编码 208 出现两次",
        "第 5 行“没有编码”应为“编码 名称”",
        "第 6 行“209”应为“编码 名称”",
        "extra：不认识的键",
    ):
        assert part in told, told


def test_mistakes_in_added_codes_are_told(tmp_path: Path) -> None:
    write(tmp_path, codes.ADDED, 'function = "9990101 没有上级"\neconomics = "30298 笔误"\n')
    told = problems(tmp_path)
    assert "9990101 的上级 999 不在目录里" in told and "economics：不认识的键" in told


def test_a_ledger_that_names_no_such_list_is_told(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(paths.templates(), tmp_path / "templates"))
    (folder / "standards" / "codes" / f"{ECONOMIC}.toml").unlink()
    with pytest.raises(FormError) as caught:
        catalog.load(folder)
    assert caught.value.problems == (f"ledgers[2].code_list：没有这一类的科目目录“{ECONOMIC}”",)


def test_the_example_of_the_manual_is_read(tmp_path: Path) -> None:
    manual = (paths.templates() / "README.md").read_text(encoding="utf-8")
    example = next(block for block in manual.split("```\n") if block.startswith("format = 1\nfunction"))
    tmp_path.joinpath(codes.ADDED).write_text(example, encoding="utf-8")
    loaded = codes.load(SHIPPED, tmp_path)
    assert (loaded[FUNCTION].added, loaded[ECONOMIC].added) == ({"2120198"}, {"30298"})
