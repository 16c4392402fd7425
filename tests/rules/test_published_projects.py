"""The indicators of published project targets: another bureau's words, none of them seen when the rules were thought out."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import MappingProxyType

from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.values import parse_target
from tests.rules import filings as f

COUNTED = re.compile("数量|数$|时间|年限|价格|收入")


def as_overall_target(path: Path) -> Filing:
    """The project's indicators in the tree of an overall target without unit column, as its own indicators."""
    rows: list[Row] = []
    ids = {"": "", "level1": "", "level2": ""}
    last: dict[str, str] = {}
    for number, item in enumerate(json.loads(path.read_text(encoding="utf-8"))["sections"]["indicators"]):
        for level, above in (("level1", ""), ("level2", "level1")):
            if last.get(level) != item[level]:
                ids[level] = f"{level}-{number}"
                rows.append(
                    Row(ids[level], "indicators", MappingProxyType({level: item[level]}), ids[above] or None)
                )
                last = {level: item[level]} if level == "level1" else last | {level: item[level]}
        cells = {"level3": item["level3"], "target": item["target"]}
        rows.append(Row(f"leaf-{number}", "indicators", MappingProxyType(cells), ids["level2"]))
    return empty_filing(f.form(f.CITY_2023), 2022, tuple(rows))


def test_what_is_told_of_them_is_true(forms: Path) -> None:
    told: set[str] = set()
    for path in sorted((forms / "expected").glob("[dh]*.json")):
        filing = as_overall_target(path)
        for finding in f.findings(filing):
            if not finding.where.startswith("indicators/"):
                continue
            row = filing.row(finding.place.row or "")
            assert row is not None
            target, name = parse_target(row.get("target")), row.get("level3")
            told.add(finding.code)
            match finding.code:
                case "always-met":
                    assert (target.op, target.value, target.unit) == ("≤", 100, "%")
                case "quantity-in-percent":
                    assert target.unit == "%" and COUNTED.search(name)
                case "unit-of-another-kind":
                    assert target.unit == "个" and name.endswith(("时限", "标准"))
                case "cost-at-least":
                    assert target.op == "≥" and name.endswith(("人均标准", "控制率"))
                case "output-at-most":
                    assert target.op == "≤" and name.endswith("面积")
                case "rate-in-words":
                    assert name.endswith("率") and target.value is None
                case "target-in-name":
                    assert target.value is not None and str(target.value) in name
                case "rate-unit":
                    assert name.endswith("率") and target.unit != "%"
                case "against-direction":
                    assert (target.op == "≤" and name.endswith(("率", "度"))) or (
                        target.op == "≥" and (name.endswith("成本") or target.extra == "差异率")
                    )
                case _:
                    raise AssertionError(f"{path.name}: {finding}")
    assert told >= {"always-met", "rate-unit", "against-direction", "quantity-in-percent"}


def test_no_indicator_is_told_twice_for_one_cause(forms: Path) -> None:
    for path in sorted((forms / "expected").glob("[dh]*.json")):
        leaves = [x.place.row for x in f.findings(as_overall_target(path)) if x.where.count("/") == 2]
        assert len(leaves) == len(set(leaves))
