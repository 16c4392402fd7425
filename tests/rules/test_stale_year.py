"""Last year's number in a sentence about this year."""

from __future__ import annotations

import pytest

from perfdesk.check import check
from perfdesk.model.change import SetCell
from perfdesk.rules.stale_year import stale_year
from tests.rules import filings as f


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2021年完成公园改造 12 处", "2021年"),
        ("完成 2021 年度养护任务", "2021 年度"),
        ("按计划推进。2021年底前完工。", "2021年"),
        ("2020年完成公园改造", ""),
        ("2022年完成公园改造", ""),
        ("2021-2022年度普查", ""),
        ("2020年续建 75 个，2021年续建 10 个", ""),
        ("2021年结转项目继续实施", ""),
        ("客流比2021年增长 5%", ""),
        ("按照《2021年公园养护标准》执行", ""),
        ("依据市政〔2021〕12号", ""),
        ("自2021年起逐年更新", ""),
        ("", ""),
    ],
)
def test_a_year_that_is_not_this_year(text: str, told: str) -> None:
    assert stale_year(text, 2022) == told


def test_it_is_told_at_its_cell_and_mended_there() -> None:
    filing = f.change(f.honest(), SetCell("basic", "goal", "2021年管好公园，让市民满意。"))
    (finding,) = f.findings(filing)
    assert (finding.code, finding.where) == ("stale-year", "basic/goal")
    after = f.change(filing, *finding.fixes[0].changes)
    assert after.cell("basic/goal") == "2022年管好公园，让市民满意。"
    assert check(f.form(), after) == ()


def test_in_a_name_of_an_indicator_it_is_told_at_the_indicator() -> None:
    filing = f.with_own("2021年新建公园数量", "≥3", "处")
    (finding,) = f.findings(filing)
    assert (finding.code, finding.place.column) == ("stale-year", "level3")
