"""Rows of the indicator table: cells to columns, lost cells put back, rows repeated or cut by a page."""

from __future__ import annotations

from perfdesk.catalog import label_key
from perfdesk.recognise.found import Leaf, Parts, own, repeated
from perfdesk.recognise.labels import Words, group_of, level1_of
from perfdesk.recognise.lines import Line, Spot
from perfdesk.values import parse_target

_REST = 12
"""So many characters of a name may stand on the next page; more are a name of their own."""
_PARENTS = ("level1", "level2")
Columns = dict[str, tuple[int, int]]


class LeafReader:
    """Reads indicator rows under the header seen last (``columns``: field id → index and column of the header's cell)."""

    def __init__(self, words: Words, parts: Parts) -> None:
        self.words = words
        self.parts = parts
        self.columns: Columns = {}
        self._header_cells = 0

    def header(self, line: Line, columns: Columns) -> None:
        """A header row; met again on a later page it is nothing but a repeated header."""
        if self.columns:
            self.parts.repair("header-repeated", "indicators")
        self.columns, self._header_cells = columns, len(line.spots)

    def row(self, line: Line, first: bool) -> None:
        """One row; ``first``: the first after a page cut."""
        spots = self._cells(line)
        shift = self._shift(spots) if line.scanned else self._lost_first(spots)
        shifted: list[Spot | None] = [*([None] * shift), *spots[: len(spots) - shift]]
        leaf = _leaf(line, dict(zip(self.columns, shifted, strict=True)), first)
        if shift:
            leaf.note("cell-shifted", f"本行缺了前 {shift} 格，各格已右移")
        if first and self.parts.leaves and (_only_continues(leaf) or _words_of(self.parts.leaves, leaf)):
            self._join(leaf)
        else:
            self.parts.leaves.append(leaf)
        used = {s.col for s in spots if s}
        self.parts.leftovers += [s.own for s in line.filled if s.col not in used]

    def end_of_page(self, start: int) -> None:
        """Drop the rows with which the page (its rows begin at ``start``) repeats the end of the page before."""
        leaves = self.parts.leaves
        count = repeated([leaf.cells for leaf in leaves], start)
        for leaf in leaves[start : start + count]:
            self.parts.repair("row-repeated", "indicators", f"换页处重复的行“{leaf.level3}”已略去")
        del leaves[start : start + count]

    def _cells(self, line: Line) -> list[Spot | None]:
        """One cell per column of the header: by order where the counts agree, else by place."""
        if len(line.spots) == self._header_cells:
            return [line.spots[n] for n, _ in self.columns.values()]
        return [line.at(column) for _, column in self.columns.values()]

    def _shift(self, spots: list[Spot | None]) -> int:
        """How many leading cells a scan lost: the shift at which names, parents and targets fall into their columns."""
        texts = [own(s) for s in spots]
        spare = next((n for n, t in enumerate(reversed(texts)) if t), len(texts))
        scores = [(self._fit([""] * k + texts[: len(texts) - k]), -k) for k in range(min(spare, 2) + 1)]
        best, shift = max(scores)
        return -shift if best > scores[0][0] + 1 else 0

    def _lost_first(self, spots: list[Spot | None]) -> int:
        """1 where a row of a table that is no scan begins with a level 2 and ends one cell early: the first cell is not there."""
        texts = [own(s) for s in spots]
        names = list(self.columns)
        if names[:1] != ["level1"] or "target" not in names or len(texts) < 4 or texts[-1] or not texts[1]:
            return 0
        if not group_of(self.words, texts[0]) or level1_of(self.words, texts[0]):
            return 0
        at = names.index("target")
        shifted = parse_target(texts[at - 1]).value is not None and parse_target(texts[at]).value is None
        return int(shifted or not group_of(self.words, texts[1]))

    def _fit(self, texts: list[str]) -> int:
        row = dict(zip(self.columns, texts, strict=True))
        name = row.get("level3", "")
        return (
            3 * (label_key(name) in self.words.standards)
            + 2 * bool(level1_of(self.words, row.get("level1", "")))
            + 2 * bool(group_of(self.words, row.get("level2", "")))
            + 2
            * (
                parse_target(row.get("target", "")).kind in ("number", "bare")
                and not parse_target(name).value
            )
            + (row.get("unit", "") in ("%", "定性指标", "百分比"))
        )

    def _join(self, leaf: Leaf) -> None:
        last = self.parts.leaves[-1]
        for name, text in leaf.cells.items():
            if text:
                last.cells[name] = last.cells.get(name, "") + text
                last.note("cell-joined")


def _leaf(line: Line, row: dict[str, Spot | None], first: bool) -> Leaf:
    level2 = row.get("level2")
    blank = level2 is not None and not level2.above and not level2.text
    explicit = blank and level2 is not None and level2.col in line.merged and not first
    cells = {
        name: own(s) if name == "level3" else s.text for name, s in row.items() if s and name not in _PARENTS
    }
    leaf = Leaf(own(row.get("level1")), own(level2), cells, explicit, line.scanned)
    for spot in row.values():
        for code in spot.mended if spot and spot.own else ():
            leaf.note(code)
    return leaf


def _words_of(before: list[Leaf], leaf: Leaf) -> bool:
    """The rest of the words of the row above, whose parents the new page may say again: a name that is no longer than what a name
    lacks at its end, and no target of its own."""
    last = before[-1]
    level1 = next((b.level1 for b in reversed(before) if b.level1), "")
    level2 = next((b.level2 for b in reversed(before) if b.level2), "")
    return (
        bool(leaf.level3 or leaf.cells.get("target"))
        and len(leaf.level3) <= min(_REST, len(last.level3))
        and _ends(last.cells.get("target", ""), leaf.cells.get("target", ""))
        and leaf.level1 in ("", level1)
        and leaf.level2 in ("", level2)
        and all(len(text) <= _REST * 4 for text in leaf.cells.values())
    )


def _ends(target: str, rest: str) -> bool:
    """The row above has a target, and ``rest`` is nothing or what its words lack (``≥95 百`` and ``分号``)."""
    if not rest:
        return bool(target)
    cut = parse_target(target).kind in ("number", "mixed") and parse_target(rest).value is None
    return cut and parse_target(target).unit != "%" and parse_target(target + rest).unit == "%"


def _only_continues(leaf: Leaf) -> bool:
    """Nothing but the rest of a long text that the page cut off: no name, no target, no parent."""
    return not (leaf.level3 or leaf.cells.get("target") or leaf.level1 or leaf.level2)
