"""The rows of one project's table read from top to bottom: cells by their labels, indicator rows by their columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from perfdesk.catalog import label_key
from perfdesk.model.form import Form
from perfdesk.recognise.found import Parts
from perfdesk.recognise.labels import Words, amount_unit, unit_alone
from perfdesk.recognise.lines import Line, Spot
from perfdesk.recognise.projects.columns import Indicators
from perfdesk.recognise.projects.names import Names
from perfdesk.recognise.projects.sheets import Sheet
from perfdesk.values import one_line, parse_amount

_ITEM = re.compile(r"\s*[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[①-⑳])[)）]?[、.．,，]?")


@dataclass(slots=True)
class Read:
    """``cells``: address (``budget/total``) → text. ``split``: texts of cells that were taken apart, or tell the unit of amounts."""

    cells: dict[str, str] = field(default_factory=dict[str, str])
    parts: Parts = field(default_factory=Parts)
    split: set[str] = field(default_factory=set[str])


def read_rows(form: Form, sheet: Sheet, words: Words, names: Names) -> Read:
    """Every row of the table: used, repaired or left over; nothing vanishes."""
    reader = _Reader(form, sheet, words, names)
    for line in sheet.body:
        if unit := unit_alone(line.text):  # a row between the others
            reader.read.parts.unit = reader.read.parts.unit or unit
            reader.read.split.add(line.filled[0].own)
        else:
            reader.row(line)
    reader.indicators.end()
    return reader.read


class _Reader:
    def __init__(self, form: Form, sheet: Sheet, words: Words, names: Names) -> None:
        self.names = names
        self.starts: dict[int, int] = {}
        """The first column of each table that holds a text."""
        for line in sheet.body:
            self.starts[line.table] = min(line.filled[0].col, self.starts.get(line.table, line.width))
        self.read = Read()
        self.indicators = Indicators(form, words, self.read.parts)
        self.table: int | None = None
        self.section = ""
        """The section whose name stands beside the rows, read last."""
        self.under: list[tuple[Spot, str]] = []
        """Labels whose values may stand in the row below."""
        self.beneath = False
        """They must: nothing stands between these labels."""
        self.last = ""
        """The cell that was filled last."""

    def row(self, line: Line) -> None:
        cut = self.table is not None and line.table != self.table
        if line.table != self.table:
            self.indicators.page()
        self.table = line.table
        if cut and self._is_rest(line):
            self._join(line)
        elif self.indicators.header(line):
            self.under = []
        elif self.indicators.begun and not self._is_labelled(line):
            self.indicators.row(line)
        else:
            self._cells(line)

    def _is_labelled(self, line: Line) -> bool:
        """A row of cells among the indicators: the goals may stand below the header."""
        return bool(self.names.cells_of(line.filled[0].own)) and not line.spots[0].above

    def _is_rest(self, line: Line) -> bool:
        """The first row of a page that goes on with the text that the page before cut off: one text, and no label."""
        text = line.filled[0].own
        return (
            len(line.filled) == 1
            and not self.indicators.rows
            and self.last.startswith("basic/")
            and not self.names.cells_of(text)
            and not self.names.section_of(text)
        )

    def _join(self, line: Line) -> None:
        text = self.read.parts.taken(line.filled[0], self.last)
        had = self.read.cells.get(self.last, "")
        apart = "\n" if had and _ITEM.match(text) else ""
        self.read.cells[self.last] = f"{had}{apart}{text}"
        self.read.parts.repair("cell-joined", self.last)

    # --- cells ---

    def _cells(self, line: Line) -> None:
        spots = self._beside(line)
        named = [(n, s) for n, s in enumerate(spots) if s.own and self.names.cells_of(s.own)]
        filled = [s for s in spots if s.own]
        under, self.under = self.under, []
        if not filled:
            return
        if not named:
            self._unlabelled(filled, under)
        elif len(named) == len(filled) > 1:
            self.beneath = all(b - a == 1 for (a, _), (b, _) in pairwise(named))
            self.under = list(zip((s for _, s in named), self._addresses([s for _, s in named]), strict=True))
        else:
            self._pairs(spots, [n for n, _ in named])

    def _beside(self, line: Line) -> list[Spot]:
        """The row without the name of its section, which is remembered."""
        spots = [s for s in line.spots if s.end > self.starts[line.table]]
        first = spots[0]
        if section := self.names.section_of(first.text):
            if len(line.filled) > 1 or first.above:
                self.section = section
                self.read.parts.unit = self.read.parts.unit or amount_unit(first.text)
                return spots[1:]
        elif first.text:
            self.section = ""
        labels = [s for s in spots if s.own and self.names.cells_of(s.own)]
        if len(labels) == len(line.filled) > 2 and first.rowspan > 1:
            return spots[1:]
        return spots

    def _addresses(self, labels: list[Spot]) -> list[str]:
        """One address a label. Of labels that stand twice in a row each names another cell, in the order of the form."""
        keys = [label_key(s.own) for s in labels]
        found: list[str] = []
        for n, spot in enumerate(labels):
            may = self.names.cells_of(spot.own)
            if keys.count(keys[n]) > 1:
                ordered = self.names.in_order(may)
                found.append(ordered[min(keys[:n].count(keys[n]), len(ordered) - 1)])
            else:
                found.append(may[0])
        return found

    def _pairs(self, spots: list[Spot], labels: list[int]) -> None:
        self.read.parts.leftovers += [s.own for s in spots[: labels[0]] if s.own]
        addresses = self._addresses([spots[n] for n in labels])
        for address, n, stop in zip(addresses, labels, [*labels[1:], len(spots)], strict=True):
            self.read.parts.unit = self.read.parts.unit or amount_unit(spots[n].own)
            values = [s for s in spots[n + 1 : stop] if s.own]
            self._store(address, "\n".join(self.read.parts.taken(s, address) for s in values))

    def _unlabelled(self, filled: list[Spot], under: list[tuple[Spot, str]]) -> None:
        beside = self.names.beside.get(self.section) if len(filled) == 1 else None
        if under and (self.beneath or not beside):
            for spot in filled:
                places = [a for s, a in under if s.col < spot.end and spot.col < s.end]
                if len(places) == 1 or (places and self.beneath):
                    self._store(places[0], self.read.parts.taken(spot, places[0]))
                else:
                    self.read.parts.leftovers.append(spot.own)
        elif beside:
            self._store(beside, self.read.parts.taken(filled[0], beside))
        else:
            for spot in filled:
                self._glued(spot)

    def _glued(self, spot: Spot) -> None:
        """A label and its value in one cell (``项目名称：某项目``); anything else is left over."""
        label, colon, _ = spot.own.replace("：", ":").partition(":")
        if colon and (may := self.names.cells_of(label)):
            self._store(may[0], spot.own[len(label) + 1 :].strip())
        elif not self.names.section_of(spot.own):
            self.read.parts.leftovers.append(spot.own)

    def _store(self, address: str, text: str) -> None:
        text = self._apart(address, text)
        had = self.read.cells.get(address, "")
        self.last = address
        if not had:
            self.read.cells[address] = text
        elif one_line(had) == one_line(text) or not text:
            self.read.parts.repair("row-repeated", address)
        else:
            message = f"同一项出现两次且不同：采用“{had}”，另一处为“{text}”"
            self.read.parts.repair("row-conflict", address, message)
            self.read.parts.leftovers.append(text)

    def _apart(self, address: str, text: str) -> str:
        """Amounts that share a cell (``100　其他资金　0``) taken apart: what stands before the first label."""
        words = text.split()
        labels = [n for n, w in enumerate(words) if n and self._is_money(w)]
        if not labels or not address.startswith("budget/"):
            return text
        for n, stop in zip(labels, [*labels[1:], len(words)], strict=True):
            self._store(self.names.cells_of(words[n])[0], " ".join(words[n + 1 : stop]))
        self.read.split.add(text)
        self.read.parts.repair("cell-parted", address, "一格里写了几项金额，已分到各自的格子")
        return " ".join(words[: labels[0]])

    def _is_money(self, word: str) -> bool:
        may = self.names.cells_of(word)
        return bool(may) and may[0].startswith("budget/") and parse_amount(word).value is None
