"""The money block of a self-evaluation: a row of column names (年初预算数 …), below it a line for the whole and one for each source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from perfdesk.catalog import label_key
from perfdesk.evaluation.entered import MONEY
from perfdesk.model.form import Field, Form
from perfdesk.recognise.labels import amount_label
from perfdesk.recognise.lines import Line, Spot
from perfdesk.recognise.projects.names import label_keys

FIRST = "initial"
"""The column whose field of a line carries the line's name: ``fiscal_initial`` is labelled 其中：当年财政拨款."""
NO_LINE = None
WHOLE = re.compile(r"(?:总额|合计|总计)[:：]?\s*$")
"""How a line is called that holds everything, whatever stands before (年度财政资金总额)."""


@dataclass(frozen=True, slots=True)
class MoneyWords:
    """``columns``: folded label → column of the whole; ``lines``: folded name of a line → what stands before the column in its
    fields (``fiscal_``, of the whole nothing)."""

    columns: Mapping[str, str]
    lines: Mapping[str, str]

    def column_of(self, text: str) -> str:
        """The column of that label, empty where it is none."""
        return next((self.columns[k] for k in label_keys(text) if k in self.columns), "") if text else ""

    def line_of(self, text: str) -> str | None:
        """What stands before the columns of that line; None where there is no such line."""
        return (
            next((self.lines[k] for k in label_keys(text) if k in self.lines), NO_LINE) if text else NO_LINE
        )


def money_words(form: Form) -> MoneyWords | None:
    if not form.has(MONEY):
        return None
    section = form.section(MONEY)
    lines: dict[str, str] = {}
    for text in (section.label, *section.aliases):
        lines |= dict.fromkeys((label_key(text), amount_label(text)), "")
    columns: dict[str, str] = {}
    for field in section.fields:
        before, _, column = field.id.rpartition("_")
        if before and column == FIRST:
            lines |= {
                key: f"{before}_" for text in _texts(field) for key in (label_key(text), amount_label(text))
            }
        elif not before:
            columns |= {label_key(text): field.id for text in _texts(field)}
    return MoneyWords(columns, lines)


def _texts(field: Field) -> tuple[str, ...]:
    return field.label, *field.aliases


class MoneyBlock:
    """Below which columns the block's rows stand; closed until its head was met."""

    def __init__(self, words: MoneyWords) -> None:
        self.words = words
        self.columns: dict[int, str] = {}
        """First column of the table that a heading covers → column."""

    def head(self, line: Line) -> bool:
        """Whether the row is the head: at least two names of columns, and nothing beside them but names of lines or of the block."""
        named = {s.col: column for s in line.filled if (column := self.words.column_of(s.own))}
        others = [s for s in line.filled if s.col not in named]
        amounts = [c for c in named.values() if c in ("initial", "adjusted", "executed")]
        first = min(named, default=0)
        if len(named) < 2 or not amounts or any(s.col > first for s in others):
            return False
        self.columns = named
        return True

    def close(self) -> None:
        self.columns = {}

    def line(self, line: Line) -> str | None:
        """Of a row below the head: what stands before the columns of its line; None where it is no row of the block."""
        if not self.columns:
            return None
        first = min(self.columns)
        labels = [s.own for s in line.spots if s.end <= first and s.own]
        if not labels:
            across = any(s.own and s.col < first for s in line.spots)
            return "" if self.has_amounts(line) and not across else None
        known = self.words.line_of(labels[-1])
        return "" if known is None and WHOLE.search(labels[-1]) else known

    def has_amounts(self, line: Line) -> bool:
        """Whether a text stands in one of the block's columns."""
        return any(line.at(c) is not None and (line.at(c) or line.spots[0]).own for c in self.columns)

    def cells(self, line: Line) -> Iterator[tuple[str, Spot]]:
        """The column that each text of the row stands in."""
        for start, column in self.columns.items():
            spot = line.at(start)
            if spot is not None and spot.own:
                yield column, spot
