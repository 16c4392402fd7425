"""Which lines of a file are which budget table: title, lines of unit and year, heading, rows, and all of that again on the next page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from perfdesk.catalog import label_key
from perfdesk.recognise.budget.captions import Caption, caption
from perfdesk.recognise.budget.heads import Heads, columns_at, head_score, is_level_row, is_number_row, titled
from perfdesk.recognise.lines import Line
from perfdesk.values import one_line

_PAGE_MARK = re.compile(r"[-—–·\s第]*\d{1,3}[-—–·\s页]*(?:[/共]\s*\d{1,3}\s*页?)?")
_NOTE = re.compile(r"\s*(?:注|备注|说明)\s*[:：]")


@dataclass(slots=True)
class Stretch:
    """Rows below one heading. ``columns``: column id → table column; ``lines``: title, caption and heading; ``titled``: there is a title
    among them."""

    columns: Mapping[str, int]
    lines: list[Line]
    titled: bool = True
    rows: list[Line] = field(default_factory=list[Line])

    @property
    def starts_anew(self) -> bool:
        """The first row has number 1."""
        spot = self.rows[0].at(self.columns["number"]) if self.rows and "number" in self.columns else None
        return spot is not None and one_line(spot.own) == "1"


@dataclass(slots=True)
class Sheet:
    """One printed table with all its pages. ``guessed``: it has no title and was told by its heading."""

    heads: Heads
    caption: Caption
    where: str
    stretches: list[Stretch] = field(default_factory=list[Stretch])
    guessed: bool = False

    @property
    def claimed(self) -> list[Line]:
        return [line for s in self.stretches for line in (*s.lines, *s.rows)]

    @property
    def repeats(self) -> int:
        """How many headings came again."""
        return len(self.stretches) - 1


def sheets(lines: Sequence[Line], heads: Sequence[Heads], ends: frozenset[str] = frozenset()) -> list[Sheet]:
    """Every budget table of the file, in the file's order. Lines that belong to none are not in any ``claimed``. ``ends``: folded headings
    that end a table even where they stand in its columns (a sheet of Excel)."""
    walk = _Walk(heads, ends)
    for line in lines:
        walk.line(line)
    walk.close()
    return walk.found


class _Walk:
    """Goes down the lines. ``above``: what may be the caption of a table that has not begun yet; ``odd``: a paragraph among them that
    names another table."""

    def __init__(self, heads: Sequence[Heads], ends: frozenset[str]) -> None:
        self.heads = heads
        self.ends = ends
        self.found: list[Sheet] = []
        self.title: Heads | None = None
        self.above: list[Line] = []
        self.odd = False
        self.head: list[Line] = []
        self.open: Sheet | None = None

    def line(self, line: Line) -> None:
        if (title := titled(self.heads, line)) is not None:
            self.close()
            self.title, self.above, self.odd = title, [line], False
        elif caption([line]).whole:
            self._close_head()
            self.above.append(line)
        elif line.table >= 0 and not self._is_prose(line) and self._is_head(line):
            self.head.append(line)
        elif line.table >= 0 and not self._is_prose(line) and self._row(line):
            pass
        elif not self._aside(line):
            self.close()
            self.title, self.above = None, []
            self.odd = line.table < 0 and line.text.rstrip("：:").endswith("表")

    def _is_prose(self, line: Line) -> bool:
        """A text that only stands in the table's columns: over all of them, a note, the heading of a chapter."""
        if len(line.filled) != 1:
            return False
        spot = line.filled[0]
        over_all = spot.col == 0 and spot.end >= line.width > 1
        return over_all or bool(_NOTE.match(spot.own)) or label_key(spot.own) in self.ends

    # --- headings ---

    def _is_head(self, line: Line) -> bool:
        """A row of labels: the first of a heading, or one more below it. A heading that comes twice is two headings."""
        if self.head and self.head[-1].table != line.table:
            self.close()
        numbered = any(is_number_row(h) for h in self.head)
        if self.head and not numbered and (is_number_row(line) or is_level_row(line)):
            return True
        wanted = [self.title] if self.title else self.heads
        known = max((head_score(h, line, strict=self.title is None) for h in wanted), default=0)
        if self.head and not numbered and known and len(self.head) < 4:
            return True
        if numbered and known >= 2:
            self._close_head()
        return not self.head and known >= 2

    def _close_head(self) -> bool:
        """The heading is whole: the table begins, or goes on. False where it is none of the form's."""
        if not self.head:
            return self.open is not None
        head, self.head = self.head, []
        heads = self.title or self._continued(head) or self._guess(head)
        if heads is None or not _is_enough(heads, columns := columns_at(heads, head), bool(self.title)):
            self.open = None
            return False
        texts = caption(self.above)
        sheet = self._same(heads, texts, head)
        if sheet is None:
            sheet = Sheet(heads, texts, (self.above or head)[0].where, guessed=self.title is None)
            self.found.append(sheet)
        sheet.stretches.append(Stretch(columns, [*self.above, *head], self.title is not None))
        self.open, self.title, self.above, self.odd = sheet, None, [], False
        return True

    def _same(self, heads: Heads, texts: Caption, head: Sequence[Line]) -> Sheet | None:
        """The last table, where this heading repeats its own: the same table, of the same unit."""
        last = self.found[-1] if self.found else None
        if last is None or last.heads is not heads:
            return None
        other = texts.unit and last.caption.unit and texts.unit != last.caption.unit
        return None if other else last

    def _continued(self, head: Sequence[Line]) -> Heads | None:
        """The last table's heading again. After a table without rows it begins another one, if it is a heading of its own."""
        last = self.found[-1] if self.found and not self.odd else None
        if last is None or not _holds(last.heads, head):
            return None
        before = last.stretches[-1]
        return last.heads if before.rows or before.lines[-1].table == head[0].table else None

    def _guess(self, head: Sequence[Line]) -> Heads | None:
        """The table whose heading this is to the word, of several the first that has not been found yet."""
        if self.odd:
            return None
        had = {id(s.heads) for s in self.found}
        fitting = [h for h in self.heads if _is_whole(h, head)]
        return next((h for h in fitting if id(h) not in had), None)

    # --- rows ---

    def _row(self, line: Line) -> bool:
        """The row is one of the table that is open, or of its next page without a heading."""
        if self.head and not self._close_head():
            return False
        sheet = self.open
        if sheet is None or self.title is not None:
            return False
        stretch = sheet.stretches[-1]
        if line.width != next(s for s in reversed((*stretch.lines, *stretch.rows)) if s.table >= 0).width:
            return False
        stretch.lines += self.above
        self.above = []
        stretch.rows.append(line)
        if len(stretch.rows) == 1:
            self._part(sheet)
        return True

    def _part(self, sheet: Sheet) -> None:
        """A heading without a title under which the rows are numbered from 1 again is another table with the same columns."""
        stretch = sheet.stretches[-1]
        if (
            stretch.titled
            or not sheet.repeats
            or not stretch.starts_anew
            or not sheet.stretches[0].starts_anew
        ):
            return
        head = [line for line in stretch.lines if line.table >= 0 and not caption([line]).whole]
        if heads := self._guess(head):
            del sheet.stretches[-1]
            texts = caption(line for line in stretch.lines if line not in head)
            self.open = Sheet(heads, texts, stretch.lines[0].where, [stretch], guessed=True)
            self.found.append(self.open)

    def _aside(self, line: Line) -> bool:
        """A number of a page: it parts nothing. A note below a table ends the table and nothing else."""
        if len(line.filled) != 1:
            return False
        return bool(_PAGE_MARK.fullmatch(line.text.strip())) or (
            bool(_NOTE.match(line.text)) and self.open is not None
        )

    def close(self) -> None:
        """No more rows for what is open."""
        if self.head:
            self._close_head()
        self.open = None
        self.head = []


def _is_enough(heads: Heads, columns: Mapping[str, int], titled: bool) -> bool:
    """Half of the columns; below the table's own title a code and two amounts are enough: other places have fewer kinds of money."""
    table = heads.table
    codes = [c.id for c in table.columns if c.kind == "code"]
    plain = titled and any(c in columns for c in codes) and sum(c.id in columns for c in table.money) >= 2
    return plain or len(columns) * 2 >= len([c for c in heads.columns if c])


def _holds(heads: Heads, head: Sequence[Line]) -> bool:
    """All of the heading is in the table's words."""
    rows = [line for line in head if not is_number_row(line)]
    return bool(rows) and all(head_score(heads, line) for line in rows)


def _is_whole(heads: Heads, head: Sequence[Line]) -> bool:
    columns = columns_at(heads, head)
    return _holds(heads, head) and len(columns) == len([c for c in heads.columns if c])
