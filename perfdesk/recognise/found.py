"""What the rows of one form say, before they become a filing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from perfdesk.model.finding import Repair
from perfdesk.recognise.lines import DOUBTFUL, Spot

MENDED = {
    "sign-restored": "扫描件把符号写成了代码，已还原为符号",
    "markup-dropped": "去掉了转换软件留下的网页标记",
    "field-code-dropped": "去掉了文字处理软件留下的目录标记",
    "control-dropped": "去掉了看不见的控制字符",
    "stamp-dropped": "句末的孤立数字像是公章编号，已移到未采用内容",
    "cell-joined": "换页处断开的文字已接上",
    "row-repeated": "换页处重复的行已略去",
    "header-repeated": "换页处重复的表头已略去",
    DOUBTFUL: "换行或换页处的文字可能接错了，请对照原文",
    "pages-out-of-order": "这一页排在别的表之前，已按内容接回本表",
}


@dataclass(slots=True)
class Leaf:
    """An indicator row as it stands on the page. ``explicit``: its empty level-2 cell is a cell of its own in a table that merges
    cells, so it is empty on purpose."""

    level1: str
    level2: str
    cells: dict[str, str]
    explicit: bool = False
    scanned: bool = False
    repairs: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    @property
    def level3(self) -> str:
        return self.cells.get("level3", "")

    def note(self, code: str, message: str = "") -> None:
        """Remember a repair of this row, once."""
        if (code, message or MENDED[code]) not in self.repairs:
            self.repairs.append((code, message or MENDED[code]))


@dataclass(slots=True)
class Parts:
    """``repairs`` hold ready paths; those of indicator rows wait in ``Leaf.repairs`` for their numbers."""

    fields: dict[str, str] = field(default_factory=dict[str, str])
    amounts: dict[str, str] = field(default_factory=dict[str, str])
    tasks: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    leaves: list[Leaf] = field(default_factory=list[Leaf])
    unit: str = ""
    repairs: list[Repair] = field(default_factory=list[Repair])
    leftovers: list[str] = field(default_factory=list[str])

    def repair(self, code: str, where: str, message: str = "") -> None:
        """Note a repair, once a place."""
        repair = Repair(code, where, message or MENDED[code])
        if repair not in self.repairs:
            self.repairs.append(repair)

    def taken(self, spot: Spot, where: str) -> str:
        """The text of a cell that goes to ``where``; what was mended in it is noted there."""
        for code in spot.mended:
            self.repair(code, where)
        return spot.own


def own(spot: Spot | None) -> str:
    """The cell's own text, empty where there is no cell or the text belongs to a row above."""
    return spot.own if spot else ""


def repeated(rows: Sequence[object], start: int) -> int:
    """How many rows from ``start`` on are the same, in order, as the last rows before ``start``: the most that fit."""
    most = min(start, len(rows) - start, 12)
    return next((k for k in range(most, 0, -1) if rows[start - k : start] == rows[start : start + k]), 0)
