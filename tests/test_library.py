"""The indicator library: what it holds, what it learns from filings, how it is searched."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk import paths
from perfdesk.catalog import label_key, new_filing
from perfdesk.check import check
from perfdesk.errors import FormError
from perfdesk.library import Entry, LibraryIndex, Past, load, merged, own_of
from perfdesk.model.change import Change, InsertRow, apply
from perfdesk.model.filing import Filing, blank_row, depth
from perfdesk.search import Pinyin
from tests.making import catalog, counter

BUILT_IN = load(catalog())
FORM = catalog().form("zhengzhou-2021/overall-target")


def entry(name: str, origin: str = "common", uses: int = 0) -> Entry:
    return Entry(name, origin, "产出指标", "数量指标", "个", "≥", uses=uses)  # type: ignore[arg-type]


def names(index: LibraryIndex, words: str, limit: int | None = None) -> list[str]:
    return [e.name for e in index.search(words, limit)]


def filing(*rows: tuple[str, str, str], year: int = 2022) -> Filing:
    """Leaves (name, target, unit) under the form's first open group."""
    made = new_filing(FORM, year, "某单位", counter())
    groups = [r for r in made.section("indicators") if depth(r) == 2]
    group = next(g.level2 for g in FORM.tree.groups if g.open)
    parent = next(r.id for r in groups if r.get("level2") == group)
    ids, changes, after = counter("x"), list[Change](), None
    for name, target, unit in rows:
        row = blank_row(FORM.tree, ids(), parent)
        row = row.with_cell("level3", name).with_cell("target", target).with_cell("unit", unit)
        changes.append(InsertRow(row, after))
        after = row.id
    return apply(made, changes)[0]


# --- what is built in ---


def test_the_library_holds_the_standards_and_a_hundred_common_indicators_of_each_level() -> None:
    common = [e for e in BUILT_IN.entries if e.origin == "common"]
    assert {e.name for e in BUILT_IN.entries if e.origin == "standard"} == {
        f.standard.name for form in catalog().forms.values() for f in form.tree.fixed
    }
    assert len(common) >= 120
    assert {e.level1 for e in common} == {"产出指标", "效益指标", "满意度指标"}
    assert len({e.theme for e in common}) >= 12


def test_no_name_stands_twice_in_the_library() -> None:
    keys = [label_key(e.name) for e in BUILT_IN.entries]
    assert sorted(keys) == sorted(set(keys))


def test_every_theme_has_something_to_count_and_somebody_to_be_satisfied() -> None:
    kinds: dict[str, set[str]] = {}
    for one in BUILT_IN.entries:
        if one.theme:
            kinds.setdefault(one.theme, set()).add(one.level2)
    assert [t for t, k in kinds.items() if not {"数量指标", "满意度指标"} <= k] == []


def test_what_the_library_proposes_passes_the_checks() -> None:
    """A proposed target with the usual unit (100 where it is open) is nothing that the check would object to."""
    rows = [
        (e.name, e.usual or f"{e.direction}100", e.unit) for e in BUILT_IN.entries if e.origin == "common"
    ]
    full = filing(*rows)
    ours = {r.id for r in full.section("indicators") if r.id.startswith("x")}
    wrong = [f for f in check(FORM, full) if f.place.row in ours]
    assert [(f.code, f.message) for f in wrong] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "数量指标", unit = "次"', 'kind = "数目", unit = "次"', "数目"),
        ('unit = "次", direction', 'unitt = "次", direction', "unitt"),
        ('name = "督查检查次数"', 'name = "会议召开次数"', "会议召开次数"),
        ("format = 1", "format = 2", "格式"),
    ],
)
def test_a_mistake_in_the_library_file_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = Path(shutil.copytree(paths.templates(), tmp_path / "templates"))
    file = folder / "library" / "common.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FormError) as caught:
        load(catalog(), folder)
    assert any(said in problem for problem in caught.value.problems)


# --- what is learned from filings ---


def test_the_users_indicators_are_learned_with_unit_sign_and_target_and_the_fixed_ones_are_not() -> None:
    (one, other) = own_of(Past(FORM, filing(("培育企业数", "≥12", "家"), ("答复率", "95%", "")), "某单位"))
    assert (one.name, one.unit, one.direction, one.usual) == ("培育企业数", "家", "≥", "≥12")
    assert (one.year, one.unit_name, one.level1) == (2022, "某单位", "产出指标")
    assert (other.unit, other.direction, other.usual) == ("%", "", "95%")


def test_rows_without_a_name_teach_nothing() -> None:
    assert own_of(Past(FORM, filing(("", "≥12", "家"), (" 　", "1", "")), "某单位")) == ()


def test_of_several_years_the_newest_stands_for_all_and_the_most_used_comes_first() -> None:
    years = {
        2021: [("甲数", "≥1", "个")],
        2023: [("甲 数", "≥3", "个"), ("乙数", "≥9", "个")],
        2022: [("甲数", "≥2", "个")],
    }
    pasts = [Past(FORM, filing(*rows, year=year), f"单位{year}") for year, rows in years.items()]
    first, second = merged(e for past in pasts for e in own_of(past))
    assert (label_key(first.name), first.uses, first.usual, first.year) == ("甲数", 3, "≥3", 2023)
    assert (second.name, second.uses) == ("乙数", 1)


def test_a_name_twice_in_one_filing_counts_once() -> None:
    (one,) = own_of(Past(FORM, filing(("甲数", "≥1", "个"), ("甲数", "≥2", "个")), ""))
    assert (one.uses, one.usual) == (1, "≥1")


# --- search ---


@pytest.mark.parametrize(
    "words",
    ["预算执行", "执行率", "yszxl", "YSZXL", "zxl", "yusuanzhixing", "预算zxl", "预 算 执 行 率", "ys执行"],
)
def test_the_rate_of_execution_is_found_as_people_type_it(words: str) -> None:
    assert "预算执行率" in names(LibraryIndex((), BUILT_IN.entries), words, 8)


def test_spelt_words_begin_where_a_character_begins() -> None:
    index = LibraryIndex((), [entry("预算执行率")])
    assert names(index, "suanzhi") == ["预算执行率"]
    assert names(index, "uanzhi") == []


def test_polyphonic_characters_are_read_as_in_their_word() -> None:
    index = LibraryIndex((), [entry("重大行政决策调整数"), entry("长效管理机制")])
    assert names(index, "zdxzjctz") == ["重大行政决策调整数"]
    assert names(index, "cxgl") == ["长效管理机制"]


def test_quotation_marks_and_width_do_not_count() -> None:
    assert names(LibraryIndex((), BUILT_IN.entries), "三公经费")[0] == "“三公经费”控制率"


def test_words_in_any_order_are_found() -> None:
    assert "老旧小区改造面积" in names(LibraryIndex((), BUILT_IN.entries), "面积 小区")


def test_a_slightly_wrong_name_is_guessed_but_only_where_nothing_else_fits() -> None:
    index = LibraryIndex((), BUILT_IN.entries)
    assert names(index, "老旧校区改造面积", 3)[0] == "老旧小区改造面积"
    assert all("满意度" in n for n in names(index, "满意度"))


def test_own_indicators_come_first_and_the_most_used_before_the_others() -> None:
    own = [
        entry("服务事项办理数", "own", 1),
        entry("对外服务次数", "own", 5),
        entry("市民服务人次", "own", 2),
    ]
    found = names(LibraryIndex(own, BUILT_IN.entries), "服务")
    assert found[:3] == ["服务事项办理数", "对外服务次数", "市民服务人次"]
    assert "物业服务面积" in found[3:]


def test_a_common_indicator_that_the_user_has_used_is_shown_once_as_the_users() -> None:
    own = replace(entry("培训人次", "own", 2), unit="", usual="≥300")
    index = LibraryIndex([own], BUILT_IN.entries)
    (found,) = [e for e in index.search("培训人次") if e.name == "培训人次"]
    assert (found.origin, found.unit, found.usual, found.theme) == ("own", "人次", "≥300", "培训与宣传")


def test_without_words_everything_is_there_own_first() -> None:
    index = LibraryIndex([entry("甲数", "own", 1)], BUILT_IN.entries)
    assert names(index, " ")[0] == "甲数"
    assert len(names(index, "")) == len(BUILT_IN.entries) + 1


@given(st.sampled_from(BUILT_IN.entries), st.data())
def test_any_part_of_a_name_and_of_its_initials_finds_it(one: Entry, data: st.DataObject) -> None:
    name = label_key(one.name).lower()
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    assert one in EVERYTHING.search(name[start:end])
    initials = PINYIN.of(name).readings[0]
    assert one in EVERYTHING.search(initials[start:end]) or not initials[start:end].isascii()


@given(st.text(max_size=12))
def test_nothing_that_can_be_typed_breaks_the_search(words: str) -> None:
    EVERYTHING.search(words)


PINYIN = Pinyin()
EVERYTHING = LibraryIndex((), BUILT_IN.entries, PINYIN)
