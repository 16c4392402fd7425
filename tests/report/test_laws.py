"""Whatever stands in a report's texts: it comes back from json, binding changes nothing that is printed, reading never fails."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.check import check
from perfdesk.compose import compose
from perfdesk.derive import derive
from perfdesk.filing_json import filing_json, filings_from_json
from perfdesk.model.change import SetCell, apply
from perfdesk.model.filing import Filing
from perfdesk.quotable import bind_texts, shown_texts
from perfdesk.quoted import quotable
from perfdesk.recognise import recognise
from perfdesk.values import clean_text
from tests.making import as_source, catalog, counter
from tests.report.made import REPORT, beside, report
from tests.report.test_read import source

KNOWN = beside(2021)
MADE = report(2021, KNOWN)
CELLS = [c.text for c in REPORT.chapters if c.text]
PIECES = [
    "预算执行率",
    "为",
    "99",
    "99.00%",
    "%",
    "“三公”经费",
    "年初预算",
    "9860.5",
    "9,860.50",
    "万元",
    "0.98605亿元",
    "最终得分",
    "93.24",
    "分",
    "，",
    "。",
    "共有项目",
    "8个",
    "等级为“优”",
    "{{总分}}",
    "{{没有}}",
    "{{",
    "\n",
    "一、",
    "（一）",
    "2021年",
    "2020年度部门整体绩效",
    "超额完成",
    "水利局主要工作",
    "9部",
    "三、综合评价结论",
    "合计",
    " ",
    "以上",
    "-5",
]
TEXTS = (st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=20)).map(clean_text)


def with_texts(texts: dict[str, str]) -> Filing:
    cells = ((cell.partition("/"), text) for cell, text in texts.items())
    changes = [SetCell(row, column, text) for (row, _, column), text in cells]
    return apply(MADE, changes)[0]


FILINGS = st.dictionaries(st.sampled_from(CELLS), TEXTS, max_size=4).map(with_texts)


@settings(max_examples=80)
@given(FILINGS)
def test_binding_changes_no_text_that_is_printed_but_the_spelling_of_numbers(filing: Filing) -> None:
    quotes = quotable(REPORT, filing, derive(REPORT, filing, KNOWN))
    assert quotes is not None
    bound, _ = apply(filing, bind_texts(filing, quotes))
    again = quotable(REPORT, bound, derive(REPORT, bound, KNOWN))
    assert again is not None
    assert bind_texts(bound, again) == ()

    def printed(one: Filing) -> dict[str, str]:
        own = {cell: one.cell(cell) for cell in CELLS} | shown_texts(one, quotes)
        return {
            cell: text.replace(",", "").replace(".00%", "%").replace(".50", ".5")
            for cell, text in own.items()
        }

    assert printed(bound) == printed(filing)


@settings(max_examples=60)
@given(FILINGS)
def test_any_report_comes_back_from_json(filing: Filing) -> None:
    (back,) = filings_from_json(
        json.loads(json.dumps(filing_json(REPORT, filing))), catalog(), counter(), "x"
    )
    assert filing_json(REPORT, back) == filing_json(REPORT, filing)
    for cell in CELLS:
        assert back.cell(cell) == filing.cell(cell)


@settings(max_examples=60)
@given(FILINGS)
def test_any_report_is_composed_checked_and_read(filing: Filing) -> None:
    check(REPORT, filing, derive(REPORT, filing, KNOWN))
    document = compose(REPORT, filing, beside=KNOWN).document
    found = [r.filing for r in recognise(as_source(document), catalog(), counter()).filings]
    assert "jinshui-2021/self-evaluation-report" in [f.form for f in found]


@settings(max_examples=80)
@given(st.lists(TEXTS.filter(str.strip), max_size=12))
def test_no_text_lets_the_reader_fail_and_none_is_lost(lines: list[str]) -> None:
    found = recognise(source(*lines), catalog(), counter())
    if not found.filings:
        whole = "\n".join(found.leftovers)
        assert all(part.strip() in whole or not part.strip() for line in lines for part in line.split("\n"))
