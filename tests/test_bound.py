"""Numbers in texts that follow the data."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perfdesk.bound import bind, bound_in, bound_text, show_bound, typed_numbers

PHRASES = (("预算收入", "收入"), ("一般公共预算收入", "一般"), ("基本支出", "基本"))


def test_bound_values_are_shown_and_unknown_names_stay_to_be_seen() -> None:
    values = {"收支总表/收入总计": "120.5"}
    text = "收入 {{收支总表/收入总计}} 万元，其中 {{ 没有的 }}。"
    assert show_bound(text, values.get) == "收入 120.5 万元，其中 {{ 没有的 }}。"
    assert [b.name for b in bound_in(text)] == ["收支总表/收入总计", "没有的"]


def test_a_number_behind_the_words_of_a_phrase_is_found_with_and_without_joining_words() -> None:
    text = "2022年预算收入为120.50万元，一般公共预算收入 100 万元，基本支出：**80**万元。"
    assert [(t.name, t.text) for t in typed_numbers(text, PHRASES)] == [
        ("收入", "120.50"),
        ("一般", "100"),
        ("基本", "80"),
    ]


def test_only_numbers_that_are_the_value_of_today_are_bound() -> None:
    text = "预算收入120.50万元，基本支出80万元。"
    values = {"收入": "120.5", "基本": "81"}
    same = [t for t in typed_numbers(text, PHRASES) if float(values[t.name]) == float(t.text)]
    bound = bind(text, same)
    assert bound == "预算收入{{收入}}万元，基本支出80万元。"


def test_a_phrase_may_leave_room_and_does_not_care_for_quotation_marks() -> None:
    phrases = (("“三公”经费…实际支出", "三公"),)
    text = "“三公经费”年初预算 1.5 万元，实际支出 0.59 万元。三公经费预算 1 万元；实际支出 2 万元。"
    assert [(t.name, t.text) for t in typed_numbers(text, phrases)] == [("三公", "0.59")]


@given(
    st.lists(
        st.sampled_from(["预算收入", "基本支出", "其他", "12", "3.50", "{{收入}}", "，", "万元"]), max_size=12
    )
)
def test_binding_what_is_the_same_changes_nothing_that_is_shown(parts: list[str]) -> None:
    text = "".join(parts)
    values = {"收入": "12", "一般": "7", "基本": "3.50"}
    bound = bind(text, [t for t in typed_numbers(text, PHRASES) if values[t.name] == t.text])
    assert show_bound(bound, values.get) == show_bound(text, values.get)


@given(st.text("年度收入单位/ -+a1", min_size=1, max_size=12).map(str.strip).filter(bool))
def test_what_is_written_as_bound_is_read_as_bound(name: str) -> None:
    assert [b.name for b in bound_in(f"前{bound_text(name)}后")] == [name]
