"""Regions of a blank → sections with their columns, and the parts of the drawing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from perfdesk.naming import label_key
from perfdesk.new_forms.cells import RowCells, Spot
from perfdesk.new_forms.draft import Areas, Column, DraftPart, DraftSection, printed
from perfdesk.new_forms.regions import Region
from perfdesk.new_forms.widths import Edges
from perfdesk.new_forms.words import LEVELS, UNIT_NAME, Ids, kind_of
from perfdesk.recognise.drawn.templates import FILLER
from perfdesk.values import one_line

BASIC = "basic"
_OWN = "基本信息"
_UNIT = "单位名称"


class Sections:
    """``edges``: the columns of the drawing, of which a table's column may take several."""

    def __init__(self, known: dict[tuple[str, str], str], edges: Edges) -> None:
        self._known = known
        self.edges = edges
        self.sections: list[DraftSection] = []
        self.parts: list[DraftPart] = []
        self._numbers = 0

    def add(self, region: Region) -> None:
        if region.kind == "fields":
            self._fields(region)
        else:
            self._rows(region)

    def name_unit(self) -> None:
        """Every form knows whose it is: a cell for the unit's name, which may be printed nowhere."""
        basic = next((s for s in self.sections if s.id == BASIC), None)
        column = Column("unit_name", _UNIT, "name", required=True)
        if basic is None:
            self.sections.insert(0, DraftSection(BASIC, _OWN, "fields", (column,)))
        elif all(c.id != "unit_name" for c in basic.columns):
            self._replace(basic, replace(basic, columns=(column, *basic.columns)))

    def _replace(self, old: DraftSection, new: DraftSection) -> None:
        self.sections = [new if s is old else s for s in self.sections]

    def _section_id(self, kind: str) -> str:
        first = {"fields": BASIC, "tree": "indicators"}.get(kind, "")
        if first and all(s.id != first for s in self.sections):
            return first
        self._numbers += 1
        return f"part{self._numbers}"

    # --- cells with labels --------------------------------------------------------------------------------------------------

    def _fields(self, region: Region) -> None:
        name = self._section_id("fields") if region.side is None else self._section_id("")
        ids = Ids(self._known, "fields")
        columns: list[Column] = []
        lines: list[Areas] = []
        for n, row in enumerate(region.rows):
            drawn: dict[Spot, Column] = {}
            for spot in row.empty:
                label = _label_of(spot, row, region.rows[:n], region.side)
                wanted = "unit_name" if name == BASIC and UNIT_NAME.match(one_line(label)) else ""
                kind = kind_of(label)
                kind = "name" if kind == "text" and (wanted or _is_short(spot, row)) else kind
                column = Column(
                    ids.give(label, wanted), label or self._unlabelled(region, len(columns) + 1), kind
                )
                columns.append(column)
                drawn[spot] = column
            lines.append(self._line(row, drawn, region.side, name))
        if not columns:
            self._labels_only(lines)
            return
        first = next((s.text for row in region.rows for s in row.labels), _OWN)
        label = region.side.text if region.side else _OWN if name == BASIC else first
        self.sections.append(DraftSection(name, _flat(label), "fields", tuple(columns)))
        self.parts.append(DraftPart(name, tuple(lines)))

    def _unlabelled(self, region: Region, number: int) -> str:
        """What a cell without a label is called until the user names it."""
        return f"{_flat(region.side.text)}·第{number}格" if region.side else f"第{number}格"

    def _labels_only(self, lines: list[Areas]) -> None:
        """Rows that only print something belong to the part before; above the first part they are left out."""
        if self.parts:
            last = self.parts[-1]
            plain = tuple(tuple(a if a[0] != "#" else "=" for a in line) for line in lines)
            repeats = self._kind(last.section) != "fields"
            if not repeats:
                self.parts[-1] = replace(last, rows=(*last.rows, *plain))

    def _kind(self, section: str) -> str:
        return next(s.kind for s in self.sections if s.id == section)

    # --- rows that repeat ---------------------------------------------------------------------------------------------------

    def _rows(self, region: Region) -> None:
        if region.kind == "tree" and any(s.kind == "tree" for s in self.sections):
            region = replace(region, kind="list")  # a form has one tree; a second one is read row by row
        name = self._section_id(region.kind)
        ids = Ids(self._known, region.kind)
        labels = _column_labels(region)
        columns: list[Column] = []
        drawn: dict[tuple[int, int], str] = {}
        for at, label in labels.items():
            level = LEVELS.get(label_key(label), "") if region.kind == "tree" else ""
            kind = "name" if level else kind_of(label)
            columns.append(Column(ids.give(label, level), label, kind, required=bool(level)))
            drawn[at] = columns[-1].id
        head = [self._head(row, region.side, name, drawn, last=row is region.head[-1]) for row in region.head]
        side = {(region.side.col, region.side.end): f"#{name}"} if region.side else {}
        row = self._stretched(
            ((at, (side | drawn).get(at, "=")) for at in region.head[-1].edges), region.head[-1].width
        )
        title = region.side.text if region.side else labels[min(labels)] + "等"
        groups = _groups(region) if region.kind == "tree" else {}
        title = "绩效指标" if region.kind == "tree" and region.side is None else title
        ordered = _levels_first(columns) if region.kind == "tree" else columns
        printed_rows = tuple(groups.values()) if any(groups.values()) else ()
        self.sections.append(
            DraftSection(name, _flat(title), region.kind, tuple(ordered), tuple(groups), printed_rows)
        )
        least = len(region.rows) if region.kind == "list" else 1
        self.parts.append(DraftPart(name, (row,), tuple(head), least))

    def _head(
        self, row: RowCells, side: Spot | None, name: str, drawn: dict[tuple[int, int], str], last: bool
    ) -> Areas:
        """The labels right above the rows are those of the columns; what stands over several of them is only printed."""
        areas: list[tuple[tuple[int, int], str]] = []
        for spot in row.spots:
            at = (spot.col, spot.end)
            if side is not None and spot.col == side.col:
                area = f"#{name}"
            elif last and at in drawn and not spot.above and spot.down == 1:
                area = f"@{drawn[at]}"
            else:
                area = printed(spot.text)
            areas.append((at, area))
        return self._stretched(areas, row.width)

    # --- drawing ------------------------------------------------------------------------------------------------------------

    def _line(self, row: RowCells, drawn: dict[Spot, Column], side: Spot | None, name: str) -> Areas:
        areas: list[tuple[tuple[int, int], str]] = []
        for n, spot in enumerate(row.spots):
            after = row.spots[n + 1] if n + 1 < len(row.spots) else spot
            if side is not None and spot.col == side.col:
                area = f"#{name}"
            elif spot in drawn:
                area = drawn[spot].id
            elif after in drawn and spot.down == 1 and drawn[after].label == _flat(spot.text):
                area = f"@{drawn[after].id}"
            else:
                area = printed(spot.text)
            areas.append(((spot.col, spot.end), area))
        return self._stretched(areas, row.width)

    def _stretched(self, areas: Iterable[tuple[tuple[int, int], str]], width: int) -> Areas:
        """Each cell over as many columns of the drawing as it covers; equal texts that do not touch are told apart unseen."""
        line: list[str] = []
        for (col, end), area in areas:
            start, stop = (self.edges.index(Fraction(n, width)) for n in (col, end))
            while area in line:
                area += FILLER
            line += [area] * (stop - start)
        return tuple(line)


def _flat(text: str) -> str:
    return "".join(text.split())


def _is_short(spot: Spot, row: RowCells) -> bool:
    """A cell that is one line high and no wider than half of the table has room for a few words."""
    return spot.down == 1 and (spot.end - spot.col) * 2 <= row.width


def _label_of(spot: Spot, row: RowCells, above: tuple[RowCells, ...], side: Spot | None) -> str:
    """The label left of the cell; where that is only the side's or another empty cell, with the one above its column."""
    left = [
        s
        for s in row.spots
        if s.end <= spot.col and s is not side and s.text and (side is None or s.col != side.col)
    ]
    beside = left[-1] if left and left[-1].end == spot.col else None
    over = next(
        (
            s
            for r in reversed(above)
            for s in r.spots
            if s.text and s.col <= spot.col and spot.end <= s.end and not s.above
        ),
        None,
    )
    heads = over if over is not None and not _is_side(over, side) else None
    if beside is not None and len(row.empty) == 1:
        return _flat(beside.text)
    if beside is not None and (heads is None or _has_own_label(spot, row)):
        return _flat(beside.text)
    first = left[0] if left else None
    return "·".join(_flat(s.text) for s in (first, heads) if s is not None)


def _has_own_label(spot: Spot, row: RowCells) -> bool:
    """Labels and cells take turns in the row."""
    cells = [s for s in row.spots if not s.text]
    labels = [s for s in row.labels if any(c.col == s.end for c in cells)]
    return len(labels) == len(cells)


def _is_side(spot: Spot, side: Spot | None) -> bool:
    return side is not None and spot.col == side.col


def _column_labels(region: Region) -> dict[tuple[int, int], str]:
    """Place of each column → its label: that in the last row of the head; where two are the same, with the one above it."""
    found: dict[tuple[int, int], str] = {}
    for spot in region.head[-1].spots:
        if region.side is None or spot.col != region.side.col:
            found[spot.col, spot.end] = _flat(spot.text)
    for at, label in list(found.items()):
        if list(found.values()).count(label) > 1 or not label:
            over = next((s.text for s in region.head[0].spots if s.col <= at[0] and at[1] <= s.end), "")
            found[at] = f"{_flat(over)}·{label}" if _flat(over) != label else label
    return found


def _levels_first(columns: list[Column]) -> list[Column]:
    order = list(LEVELS.values())
    return sorted(columns, key=lambda c: order.index(c.id) if c.id in order else len(order))


def _groups(region: Region) -> dict[tuple[str, str], tuple[str, ...]]:
    """The headings that the blank prints, each with the indicators printed below it."""
    at = {LEVELS[k]: s.col for s in region.head[-1].spots if (k := label_key(s.text)) in LEVELS}
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in region.rows:
        one, two, three = (next((s.text for s in row.spots if s.col == at[lv]), "") for lv in LEVELS.values())
        if one and two:
            here = _flat(one), _flat(two)
            found[here] = (*found.get(here, ()), *([_flat(three)] if three else []))
    return found
