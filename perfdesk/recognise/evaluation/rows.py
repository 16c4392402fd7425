"""The rows of one self-evaluation read from top to bottom: cells by their labels, money by its block, indicators by their columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from perfdesk.catalog import label_key
from perfdesk.evaluation.entered import MONEY, RESULT, number
from perfdesk.model.form import Form
from perfdesk.recognise.evaluation.heads import NAME, Head, head_of, second_row
from perfdesk.recognise.evaluation.money import FIRST, WHOLE, MoneyBlock, MoneyWords, money_words
from perfdesk.recognise.found import Parts
from perfdesk.recognise.labels import Words, amount_unit, unit_alone
from perfdesk.recognise.leaf_rows import LeafReader
from perfdesk.recognise.lines import Line, Spot
from perfdesk.recognise.projects.names import Names
from perfdesk.recognise.projects.sheets import Sheet
from perfdesk.values import DASHES, one_line

TOTAL = f"{RESULT}/total"
HUNDRED = 100
_SUMS = frozenset({"小计", "分项小计"})
"""The sum of a level: computed, never read."""


@dataclass(slots=True)
class Read:
    """``cells``: address (``money/executed``) → text. ``seen``: texts that say nothing a filing keeps (sums of weights, heads)."""

    cells: dict[str, str] = field(default_factory=dict[str, str])
    parts: Parts = field(default_factory=Parts)
    seen: set[str] = field(default_factory=set[str])


def read_rows(form: Form, sheet: Sheet, words: Words, names: Names) -> Read:
    """Every row of the table: used, repaired or left over; nothing vanishes."""
    reader = _Reader(form, words, names)
    for line in sheet.body:
        if unit := unit_alone(line.text):  # a row between the others
            reader.read.parts.unit = reader.read.parts.unit or unit
            reader.read.seen.add(line.filled[0].own)
        else:
            reader.row(line)
    reader.leaves.end_of_page(reader.page_start)
    return reader.read


def _unit(line: Line) -> str:
    """The unit of amounts that a label of the row names."""
    return next((u for s in line.filled if (u := amount_unit(s.own))), "")


class _Reader:
    def __init__(self, form: Form, words: Words, names: Names) -> None:
        self.words = words
        self.names = names
        self.read = Read()
        self.leaves = LeafReader(words, self.read.parts)
        self.money = MoneyBlock(money_words(form) or MoneyWords({}, {}))
        self.table: int | None = None
        self.page_start = 0
        """The number of the first indicator on this page."""
        self.first = True
        """No indicator was read on this page yet."""
        self.under: list[tuple[Spot, str]] = []
        """Labels whose values stand in the row below."""
        self.head: Head | None = None
        """The header read last."""
        self.above: Line | None = None
        """The row just read: it may be the first of a header."""
        self.fresh = False
        """It was a header already."""
        self.pairs: dict[int, str] = {}
        """Column of the table → the column of the money block whose name stood there last beside its value."""
        self.ended = False
        """The total was read: no indicator follows."""

    def row(self, line: Line) -> None:
        if line.table != self.table:
            self._page(line.table)
        above, self.above, fresh, self.fresh = self.above, line, self.fresh, False
        if head := second_row(self.words, line, above):
            self._header(line, head, again=bool(self.read.parts.leaves) and not fresh)
        elif head := head_of(self.words, line):
            self._header(line, head, again=bool(self.read.parts.leaves))
            self.fresh = True
        elif self._takes_values(line):
            return
        elif self.money.head(line):
            self.read.parts.unit = self.read.parts.unit or _unit(line)
            self._names_seen(line)
        elif (before := self.money.line(line)) is not None:
            self._money(line, before)
        elif self.money.columns and self.money.has_amounts(line) and not self._labelled(line):
            self.read.parts.leftovers.append(line.text)  # a source of money that the form does not have
        elif self._is_leaf(line):
            self._leaf(line)
        else:
            self.money.close()
            self._cells(line)

    def _page(self, table: int) -> None:
        if self.table is not None:
            self.leaves.end_of_page(self.page_start)
        self.table, self.first = table, True
        self.page_start = len(self.read.parts.leaves)

    def _header(self, line: Line, head: Head, again: bool) -> None:
        self._names_seen(line)
        if not again:
            self.leaves.columns = {}
        self.leaves.header(head.line, head.columns)
        self.head, self.ended, self.under = head, False, []
        self.money.close()

    def _names_seen(self, line: Line) -> None:
        self.read.seen |= {s.own for s in line.filled if s.own == NAME}

    def _leaf(self, line: Line) -> None:
        levels = self.head.levels if self.head else frozenset[int]()
        sums = {s.own for s in line.filled if s.col in levels and number(s.own) is not None}
        if sums:
            self.read.seen |= sums
            self.read.parts.repair(
                "level-weight", "indicators", "上级指标的分值没有读入，以各指标的分值合计为准"
            )
        self.leaves.row(self.head.without_levels(line) if self.head else line, self.first)
        self.first = False

    def _is_leaf(self, line: Line) -> bool:
        """A row of the indicators: no cell of the form by its label, no sum of a level, no remark across the whole table."""
        columns = [at for _, at in self.leaves.columns.values()]
        if not columns or self.ended or any(label_key(s.own) in _SUMS for s in line.filled):
            return False
        first = line.filled[0]
        across = first.col <= min(columns) and first.end > max(columns)
        labels = () if line.spots[0].above else self.names.cells_of(first.own)
        # 预算执行率 is the name of an indicator as well as that of a cell of the money block.
        return not (across or any(not a.startswith(f"{MONEY}/") for a in labels[:1]))

    # --- money ---

    def _labelled(self, line: Line) -> bool:
        return any(self.names.cells_of(s.own) for s in line.filled)

    def _money(self, line: Line, before: str) -> None:
        first = min(self.money.columns)
        for spot in (s for s in line.filled if s.end <= first):
            if WHOLE.search(spot.own):
                self.read.seen.add(spot.own)
            self.read.parts.unit = self.read.parts.unit or amount_unit(spot.own)
        used: set[int] = set()
        for column, spot in self.money.cells(line):
            used.add(spot.col)
            address = f"{MONEY}/{before}{column}"
            self._store(address, self.read.parts.taken(spot, address))
        self.read.parts.leftovers += [s.own for s in line.filled if s.col not in used and s.end > first]

    # --- cells ---

    def _takes_values(self, line: Line) -> bool:
        """The row below labels that stand side by side: each text goes to the label it stands under."""
        under, self.under = self.under, []
        if not under or all(self._is_name(s.own) for s in line.filled):
            return False
        for spot in line.filled:
            labels = [(s, a) for s, a in under if s.col < spot.end and spot.col < s.end]
            places = [a for _, a in labels]
            if any(s.own == spot.own for s, _ in labels):
                continue  # a label that reaches down, said again
            if len(places) == 1:
                self._store(places[0], self.read.parts.taken(spot, places[0]))
            else:
                self.read.parts.leftovers.append(spot.own)
        return True

    def _is_name(self, text: str) -> bool:
        return bool(self.names.cells_of(text) or self.names.section_of(text))

    def _cells(self, line: Line) -> None:
        spots = [s for s in line.spots if s.own]
        named = [n for n, s in enumerate(spots) if self.names.cells_of(s.own)]
        if named and self._address(spots[named[0]]) == TOTAL and self.leaves.columns:
            self._total(line, spots[named[0]])
        elif len(named) > 1 and named[-1] == len(spots) - 1 and len(named) == named[-1] - named[0] + 1:
            self.under = [(spots[n], self._address(spots[n])) for n in named]
            self.read.parts.leftovers += [s.own for s in spots[: named[0]]]
        elif named:
            self._pairs(spots, named)
        else:
            for spot in spots:
                self._glued(spot)

    def _address(self, spot: Spot) -> str:
        return self.names.cells_of(spot.own)[0]

    def _pairs(self, spots: list[Spot], labels: list[int]) -> None:
        self.read.parts.leftovers += [s.own for s in spots[: labels[0]]]
        for n, stop in zip(labels, [*labels[1:], len(spots)], strict=True):
            address = self._in_pairs(spots[n])
            self.read.parts.unit = self.read.parts.unit or amount_unit(spots[n].own)
            self._store(address, "\n".join(self.read.parts.taken(s, address) for s in spots[n + 1 : stop]))

    def _in_pairs(self, label: Spot) -> str:
        """A source of money below the name of a column (预算数 | 300, below it 其中：财政拨款 | 260) is meant of that column."""
        address = self._address(label)
        section, _, column = address.partition("/")
        if section == MONEY and "_" not in column:
            self.pairs[label.col] = column
        line = column.removesuffix(FIRST)
        if section == MONEY and line.endswith("_") and label.col in self.pairs:
            return f"{MONEY}/{line}{self.pairs[label.col]}"
        return address

    def _total(self, line: Line, label: Spot) -> None:
        """The total stands in the column of the scores, beside the sum of the weights."""
        self.ended = bool(self.read.parts.leaves)
        columns = self.leaves.columns
        score = line.at(columns["score"][1]) if "score" in columns else None
        weight = line.at(columns["weight"][1]) if "weight" in columns else None
        others: list[Spot] = []
        for spot in (s for s in line.filled if s.col > label.col and s.own not in DASHES):
            if spot is weight and number(spot.own) == HUNDRED:
                self.read.seen.add(spot.own)
            elif spot is not score:
                others.append(spot)
        if score is not None and score.own and score.col > label.col:
            self._store(TOTAL, self.read.parts.taken(score, TOTAL))
            self.read.parts.leftovers += [s.own for s in others]
        elif others:
            self._pairs([label, *others], [0])

    def _glued(self, spot: Spot) -> None:
        """A label and its value in one cell (``项目名称：某项目``); anything else is left over."""
        label, colon, _ = spot.own.replace("：", ":").partition(":")
        if colon and (may := self.names.cells_of(label)):
            self.read.seen.add(spot.own)
            self._store(may[0], spot.own[len(label) + 1 :].strip())
        else:
            self.read.parts.leftovers.append(spot.own)

    def _store(self, address: str, text: str) -> None:
        had = self.read.cells.get(address, "")
        if not had:
            self.read.cells[address] = text
        elif one_line(had) == one_line(text) or not text:
            self.read.parts.repair("row-repeated", address)
        else:
            message = f"同一项出现两次且不同：采用“{had}”，另一处为“{text}”"
            self.read.parts.repair("row-conflict", address, message)
            self.read.parts.leftovers.append(text)
