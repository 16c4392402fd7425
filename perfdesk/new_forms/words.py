"""What a label tells of the cell beside it: its kind, and the id that the program's own forms give it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfdesk.model.form import FieldKind, Form
from perfdesk.naming import label_key
from perfdesk.recognise.labels import amount_label, amount_unit
from perfdesk.values import one_line

_MONEY = re.compile(
    r"(?:金额|预算数?|资金|经费|支出|收入|合计|总额|拨款|投资额?|决算数?|执行数)(?:[(（].*[)）])?$"
)
_NUMBER = re.compile(r"(?:数量|单价|人数|户数|个数|次数|面积|里程)(?:[(（].*[)）])?$")
_TARGET = re.compile(r"(?:指标值|目标值)$")
_NOTE = re.compile(r"(?:备注|说明)$")
_UNIT = re.compile(r"(?:计量|度量)单位$")
LEVELS = {"一级指标": "level1", "二级指标": "level2", "三级指标": "level3"}
UNIT_NAME = re.compile(
    r"(?:填报|预算|实施|编制|主管)?(?:单位|部门)(?:[(（](?:单位|盖章|公章|全称)[)）])?(?:名称)?$"
)


def kind_of(label: str) -> FieldKind:
    """As the label reads; text where it says nothing."""
    plain = "".join(label.split())
    for kind, pattern in (("number", _NUMBER), ("target", _TARGET), ("unit", _UNIT), ("note", _NOTE)):
        if pattern.search(plain):
            return kind  # type: ignore[return-value]
    money = "%" not in one_line(plain) and (amount_unit(plain) or _MONEY.search(plain))
    return "money" if money else "text"


def known_ids(forms: Iterable[Form]) -> dict[tuple[str, str], str]:
    """Folded label and kind of section → the id that most of the program's forms have for it, of those in reading order."""
    found: dict[tuple[str, str], str] = {}
    for form in forms:
        for section in form.sections:
            if section.kind not in ("fields", "list", "tree"):
                continue
            for field in section.fields:
                for text in (field.label, *field.aliases):
                    fold = amount_label(text) if field.kind == "money" else label_key(text)
                    found.setdefault((section.kind, fold), field.id)
    return found


class Ids:
    """Gives each label of a section an id: the known one where that is free, else a number."""

    def __init__(self, known: dict[tuple[str, str], str], kind: str) -> None:
        self._known = known
        self._kind = kind
        self._taken: set[str] = set()

    def give(self, label: str, wanted: str = "") -> str:
        name = (
            wanted
            or self._known.get((self._kind, label_key(label)))
            or self._known.get((self._kind, amount_label(label)), "")
        )
        if not name or name in self._taken:
            number = len(self._taken) + 1
            while (name := f"c{number}") in self._taken:
                number += 1
        self._taken.add(name)
        return name
