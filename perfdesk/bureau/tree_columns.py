"""Which column of a bureau's list of units says what, by the words of its head."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from perfdesk.model.bureau import NodeKind
from perfdesk.naming import label_key

_LABELS: Mapping[str, Sequence[str]] = {
    "code": ("单位编码", "预算单位编码", "单位代码", "预算单位代码", "预算编码", "预算代码", "机构编码", "编码", "代码"),
    "name": ("单位名称", "预算单位名称", "预算单位", "机构名称", "名称", "单位"),
    "above_code": ("上级编码", "上级单位编码", "上级代码", "上级单位代码", "父级编码", "父级代码", "隶属编码"),
    "above_name": ("上级名称", "上级单位名称", "上级单位", "上级", "父级名称", "隶属单位"),
    "department_code": ("主管部门编码", "主管部门代码", "部门编码", "部门代码", "一级预算单位编码"),
    "department": ("主管部门", "主管部门名称", "部门", "部门名称", "主管单位", "一级预算单位", "一级预算单位名称"),
    "province": ("省", "省份", "省级", "省名称", "省自治区"),
    "city": ("市", "地市", "市州", "市级", "设区市", "地级市", "市名称", "州市"),
    "county": ("县", "区", "县区", "区县", "县市区", "区县市", "县级", "区县名称", "县区名称"),
    "kind": ("级次", "层级", "级别", "类型", "类别", "单位级次", "单位层级", "单位级别", "单位类型", "单位类别", "预算级次"),
    "expected": ("是否报送", "是否填报", "是否上报", "应报", "应报送", "报送"),
}  # fmt: skip
_WHAT = {word: what for what, words in _LABELS.items() for word in words}

_KINDS: Mapping[NodeKind, str] = {
    "province": "(省|自治区|直辖市)[级本]*",
    "city": "(设区)?(地级)?市[级本]*|地市|州市|市州",
    "county": "县[级本]*|区[级本]*|县区|区县|县市区|旗",
    "department": "(主管)?部门(本级)?|一级(预算)?单位|一级",
    "unit": "单位|基层(预算)?单位|[二三四五](级)(预算)?单位|[二三四五]级|预算单位",
}
_NO = frozenset(("否", "不", "不报", "无", "n", "no", "0", "×", "x"))

Texts = Sequence[str]
LEVELS: tuple[NodeKind, ...] = ("province", "city", "county", "department")


@dataclass(frozen=True, slots=True)
class Columns:
    """What is said where: ``code`` (see the labels) → number of the column. ``row``: that of the head; ``labels``: its words."""

    row: int
    labels: tuple[str, ...]
    at: Mapping[str, int] = field(default_factory=dict[str, int])

    def text(self, row: Texts, what: str) -> str:
        """On one line, as a person reads it; empty where there is no such column."""
        place = self.at.get(what)
        return "" if place is None else " ".join(row[place].split())

    @property
    def by_parent(self) -> bool:
        """Every row says what it hangs under: the code or the name of another row."""
        return bool({"above_code", "above_name"} & self.at.keys()) or (
            "department_code" in self.at and "department" not in self.at
        )

    @property
    def by_level(self) -> bool:
        """One column a level."""
        return not self.by_parent and any(level in self.at for level in LEVELS)


def columns_of(rows: Sequence[Texts]) -> Columns | None:
    """The first row that names a unit and something more; None where there is none."""
    for number, row in enumerate(rows):
        labels = tuple(_label(text) for text in row)
        at: dict[str, int] = {}
        for place, label in enumerate(labels):
            if (what := _WHAT.get(label)) and (what not in at or _better(what, label, labels[at[what]])):
                at[what] = place
        if len(at) > 1 and ("name" in at or sum(level in at for level in LEVELS) > 1):
            return Columns(number, labels, at)
    return None


def is_head(row: Texts, columns: Columns) -> bool:
    """The head once more, as on every page."""
    return tuple(_label(text) for text in row) == columns.labels


def kind_said(text: str) -> NodeKind | None:
    """None where it says something else (that it is an institution, say)."""
    label = label_key(text)
    return next((kind for kind, pattern in _KINDS.items() if re.fullmatch(pattern, label)), None)


def expected_said(text: str) -> bool | None:
    return None if not text else label_key(text).lower() not in _NO


def _label(text: str) -> str:
    return label_key(re.sub(r"[*＊]", "", text))


def _better(what: str, label: str, before: str) -> bool:
    words = _LABELS[what]
    return words.index(label) < words.index(before)
