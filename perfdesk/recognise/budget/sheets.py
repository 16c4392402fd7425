"""Which lines of a file are which budget table: title, lines of unit and year, heading, rows, and all of that again on the next page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from perfdesk.recognise.budget.captions import Caption, caption
from perfdesk.recognise.budget.heads import Heads, columns_at, head_score, is_number_row, titled
from perfdesk.recognise.lines import Line

_PAGE_MARK = re.compile(r"[-—–·\s第]*\d{1,3}[-—–·\s页]*(?:[/共]\s*\d{1,3}\s*页?)?")
_NOTE = re.compile(r"\s*(?:注|备注|说明)\s*[:：]")


@dataclass(slots=True)
class Stretch:
    """Rows below one heading. ``columns``: column id → table column; ``first``: the index of its first row in the sheet's rows."""

    columns: Mapping[str, int]
    rows: list[Line] = field(default_factory=list[Line])


@dataclass(slots=True)
class Sheet:
    """One printed table with all its pages. ``guessed``: it has no title and was told by its heading; ``repeats``: how many headings
    came again."""

    heads: Heads
    caption: Caption
    where: str
    stretches: list[Stretch] = field(default_factory=list[Stretch])
    claimed: list[Line] = field(default_factory=list[Line])
    guessed: bool = False
    repeats: int = 0


def sheets(lines: Sequence[Line], heads: Sequence[Heads]) -> list[Sheet]:
    """Every budget table of the file, in the file's order. Lines that belong to none are not in any ``claimed``."""
    walk = _Walk(heads)
    for line in lines:
        walk.line(line)
    walk.close()
    return walk.found


class _Walk:
    """Goes down the lines. ``above``: what may be the caption of a table that has not begun yet; ``odd``: a paragraph among them that
    names another table."""

    def __init__(self, heads: Sequence[Heads]) -> None:
        self.heads = heads
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
        elif line.table >= 0 and self._is_head(line):
            self.head.append(line)
        elif line.table >= 0 and self._row(line):
            pass
        elif not self._aside(line):
            self.close()
            self.title, self.above = None, []
            self.odd = line.table < 0 and line.text.rstrip("：:").endswith("表")

    # --- headings ---

    def _is_head(self, line: Line) -> bool:
        """A row of labels: the first of a heading, or one more below it. A heading that comes twice is two headings."""
        if self.head and self.head[-1].table != line.table:
            self.close()
        numbered = any(is_number_row(h) for h in self.head)
        if self.head and not numbered and is_number_row(line):
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
        if heads is None or len(columns := columns_at(heads, head)) * 2 < len(
            [c for c in heads.columns if c]
        ):
            self.open = None
            return False
        texts = caption(self.above)
        sheet = self._same(heads, texts, head)
        if sheet is None:
            sheet = Sheet(heads, texts, (self.above or head)[0].where, guessed=self.title is None)
            self.found.append(sheet)
        else:
            sheet.repeats += 1
        sheet.claimed += [*self.above, *head]
        sheet.stretches.append(Stretch(columns))
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
        last = self.found[-1].heads if self.found and not self.odd else None
        return last if last and _holds(last, head) else None

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
        last = next((s for s in reversed(sheet.claimed) if s.table >= 0), None)
        if last is None or line.width != last.width:
            return False
        if self.above:
            sheet.claimed += self.above
            self.above = []
        sheet.stretches[-1].rows.append(line)
        sheet.claimed.append(line)
        return True

    def _aside(self, line: Line) -> bool:
        """A number of a page: it parts nothing. A note below a table ends the table and nothing else."""
        if len(line.filled) != 1:
            return False
        return bool(_PAGE_MARK.fullmatch(line.text.strip())) or (
            line.table < 0 and bool(_NOTE.match(line.text)) and self.open is not None
        )

    def close(self) -> None:
        """No more rows for what is open."""
        if self.head:
            self._close_head()
        self.open = None
        self.head = []


def _holds(heads: Heads, head: Sequence[Line]) -> bool:
    """All of the heading is in the table's words."""
    rows = [line for line in head if not is_number_row(line)]
    return bool(rows) and all(head_score(heads, line) for line in rows)


def _is_whole(heads: Heads, head: Sequence[Line]) -> bool:
    columns = columns_at(heads, head)
    return _holds(heads, head) and len(columns) == len([c for c in heads.columns if c])


def claimed(found: Iterable[Sheet]) -> set[int]:
    """The ids of the lines taken."""
    return {id(line) for sheet in found for line in sheet.claimed}
