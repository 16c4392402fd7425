"""Form files: what is loaded, and what is told where a file is wrong."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from perfdesk import paths
from perfdesk.catalog import Catalog, load, new_filing, standard_of
from perfdesk.errors import FormError
from perfdesk.model.filing import leaves
from perfdesk.model.form import LEVELS
from tests.making import catalog, counter

FORMS = sorted(f.id for f in catalog().forms.values() if f.kind == "overall-target")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(paths.templates(), tmp_path / "templates"))


def change(folder: Path, old: str, new: str, file: str = "forms/zhengzhou-2021/overall-target.toml") -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(FormError) as caught:
        load(folder)
    return caught.value.problems


def test_the_three_editions_of_the_overall_target_are_there() -> None:
    assert FORMS == [
        "jinshui-2021/overall-target",
        "zhengzhou-2021/overall-target",
        "zhengzhou-2023/overall-target",
    ]


@pytest.mark.parametrize(
    ("form_id", "rows", "last"), [(FORMS[0], 19, "note"), (FORMS[1], 19, "unit"), (FORMS[2], 20, "note")]
)
def test_the_fixed_rows_are_those_of_the_bureau(form_id: str, rows: int, last: str) -> None:
    form = catalog().form(form_id)
    assert len(form.tree.fixed) == rows
    assert [f.id for f in form.tree.fields] == [*LEVELS, "target", last]
    assert {f.level1 for f in form.tree.fixed} == {"投入管理指标"}
    assert next(g.level1 for g in form.tree.groups if g.open) == "产出指标"


@pytest.mark.parametrize("form_id", FORMS)
def test_a_new_filing_has_the_fixed_rows_in_place_and_no_targets(form_id: str) -> None:
    form = catalog().form(form_id)
    filing = new_filing(form, 2024, "某单位", counter())
    rows = list(leaves(filing, "indicators"))
    assert [leaf.path for leaf in rows] == [(f.level1, f.level2, f.standard.name) for f in form.tree.fixed]
    assert all(leaf.row.get("target") == "" for leaf in rows)
    assert {leaf.row.get(form.tree.fields[4].id) != "" for leaf in rows} == {True}
    assert filing.unit_name == "某单位"
    assert max(Counter(r.id for r in filing.rows).values()) == 1


def test_a_standard_row_is_known_by_any_spelling() -> None:
    tree = catalog().form("zhengzhou-2021/overall-target").tree
    for name in ("“三公经费”控制率", '"三公经费"控制率', "三公经费控制率", "“三公 经费” 控制率"):
        found = standard_of(tree, name)
        assert found is not None and found.standard.name == "“三公经费”控制率"
    assert standard_of(tree, "业务办结率") is None


def test_every_mistake_of_a_file_is_told_at_once_with_its_path(folder: Path) -> None:
    change(folder, 'kind = "tree"', 'kind = "bush"')
    change(folder, 'amount_unit = "万元"', 'amount_unit = "美元"')
    change(folder, 'fixed = [\n  "年度履职目标相关性"', 'fixed = [\n  "无此指标"')
    change(folder, 'total = "budget/total"', 'total = "budget/sum"')
    change(folder, "scheme_name", "schemename")
    told = "\n".join(problems(folder))
    for part in (
        "sections[4].kind",
        "amount_unit",
        "sections[4].groups[1].fixed",
        "balances[1].total",
        "schemename",
        "scheme_name",
    ):
        assert part in told, told


def test_a_key_that_nobody_knows_is_a_mistake(folder: Path) -> None:
    change(folder, "repeat_head = true", "repeat_heads = true")
    assert problems(folder) == ("paper.parts[4].repeat_heads：不认识的键",)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"@goal      goal      goal      goal      goal"', '"@goal goal goal"', "画了 3 格"),
        ('"@goal      goal      goal      goal      goal"', '"@goal goal @goal goal goal"', "不相连"),
        ('"@goal      goal      goal      goal      goal"', '"@goal goals goal goal goal"', "没有“goals”"),
        ("（{year}年度）", "年度", "应含 {year}"),
        ("widths = [27, 36, 56, 27, 24]", 'widths = ["27"]', "应为一组数"),
    ],
)
def test_a_drawing_that_does_not_fit_is_a_mistake(folder: Path, old: str, new: str, told: str) -> None:
    change(folder, old, new)
    assert any(told in p for p in problems(folder))


def test_a_file_that_is_no_toml_is_told(folder: Path) -> None:
    change(folder, "format = 1", "format = ")
    assert "TOML" in problems(folder)[0]


def test_a_file_of_a_later_format_is_told(folder: Path) -> None:
    change(folder, "format = 1", "format = 2")
    assert any("升级" in p for p in problems(folder))


def test_a_form_whose_id_is_not_its_place_is_a_mistake(folder: Path) -> None:
    (folder / "forms" / "elsewhere-2021").mkdir()
    source = folder / "forms" / "zhengzhou-2021" / "overall-target.toml"
    shutil.copy(source, folder / "forms" / "elsewhere-2021" / "overall-target.toml")
    assert any(p.startswith("id：") for p in problems(folder))


def test_a_unit_can_add_a_form_without_code(folder: Path) -> None:
    place = folder / "forms" / "elsewhere-2024"
    place.mkdir()
    text = (folder / "forms" / "zhengzhou-2021" / "overall-target.toml").read_text(encoding="utf-8")
    (place / "overall-target.toml").write_text(
        text.replace("zhengzhou-2021/", "elsewhere-2024/"), encoding="utf-8"
    )
    made: Catalog = load(folder)
    assert "elsewhere-2024/overall-target" in made.forms


@pytest.mark.parametrize("form_id", FORMS)
def test_explanations_of_standard_rows_are_short_and_our_own(form_id: str, forms: Path) -> None:
    published = "".join(p.read_text(encoding="utf-8") for p in (forms / "text").glob("*.txt"))
    for fixed in catalog().form(form_id).tree.fixed:
        explain = fixed.standard.explain
        assert 8 <= len(explain) <= 45
        assert not any(explain[n : n + 14] in published for n in range(len(explain) - 13)), explain
