"""A filing: one unit's one form for one year, as rows of raw text. Nothing computed is kept here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from perfdesk.model.form import LEVELS, Form, Section
from perfdesk.model.row_index import RowIndex


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``cells``: column → raw text (a missing column is empty). ``parent`` is None at the top of its section."""

    id: str
    section: str
    cells: Mapping[str, str]
    parent: str | None = None

    def get(self, column: str) -> str:
        return self.cells.get(column, "")

    def with_cell(self, column: str, text: str) -> Row:
        return replace(self, cells=MappingProxyType({**self.cells, column: text}))


@dataclass(frozen=True, slots=True)
class Filing:
    """``rows`` stand in printed order: a parent before its children, siblings in their order (preorder of each tree).

    The one row of a ``fields`` section has the section's id as its id and is always there (see ``empty_filing``).
    ``form`` is the id of the edition it was made with. ``title`` is the title as printed in the file it came from or the
    form's own; ``year`` None where a file does not tell. ``sections`` are the form's section ids: the order of ``rows`` across sections.
    ``amount_unit``: the unit of amounts where it is not the form's own (a file that counts in 万元 on a form in 元), else empty.
    """

    form: str
    title: str
    year: int | None
    rows: tuple[Row, ...]
    sections: tuple[str, ...] = ()
    id: int | None = None
    amount_unit: str = ""
    _index: RowIndex | None = field(default=None, init=False, repr=False, compare=False)
    _made_of: tuple[tuple[Row, ...], tuple[int, ...]] | None = field(
        default=None, init=False, repr=False, compare=False
    )

    @property
    def index(self) -> RowIndex:
        """Made when first asked for; shared with the filings that ``with_rows`` makes of this one."""
        index = self._index
        if index is None:
            index = RowIndex(self.rows)
            object.__setattr__(self, "_index", index)
        return index

    def with_rows(self, changed: Mapping[int, Row]) -> Filing:
        """The rows at these positions become others with the same id, section and parent."""
        rows = list(self.rows)
        for place, row in changed.items():
            rows[place] = row
        after = replace(self, rows=tuple(rows))
        object.__setattr__(after, "_index", self._index)
        object.__setattr__(after, "_made_of", (self.rows, tuple(changed)))
        return after

    def differing(self, before: Filing) -> tuple[int, ...] | None:
        """Positions of the rows that are not the same objects in ``before``, at once where this was made of it by ``with_rows``;
        None where rows came, went or moved."""
        if before.rows is self.rows:
            return ()
        if self._made_of is not None and self._made_of[0] is before.rows:
            return self._made_of[1]
        if len(before.rows) != len(self.rows):
            return None
        pairs = enumerate(zip(before.rows, self.rows, strict=True))
        places = tuple(n for n, (old, new) in pairs if old is not new)
        same = all(
            before.rows[n].id == self.rows[n].id and before.rows[n].parent == self.rows[n].parent
            for n in places
        )
        return places if same else None

    def row(self, row_id: str) -> Row | None:
        place = self.index.places.get(row_id)
        return None if place is None else self.rows[place]

    def cell(self, address: str) -> str:
        """Raw text of ``section/column`` in a ``fields`` section, ``""`` where there is none."""
        row_id, _, column = address.partition("/")
        row = self.row(row_id)
        return row.get(column) if row else ""

    def section(self, section_id: str) -> tuple[Row, ...]:
        places = self.index.section(self.rows, section_id)
        if isinstance(places, range):
            return self.rows[places.start : places.stop]
        return tuple(self.rows[n] for n in places)

    def children(self, section_id: str, parent: str | None) -> tuple[Row, ...]:
        return tuple(self.rows[n] for n in self.index.children(self.rows, section_id, parent))

    @property
    def unit_name(self) -> str:
        return self.cell("basic/unit_name")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A level-3 row together with the rows above it. ``number`` counts leaves from 1 (the number in ``indicators/12``)."""

    number: int
    level1: Row
    level2: Row
    row: Row

    @property
    def path(self) -> tuple[str, str, str]:
        return self.level1.get("level1"), self.level2.get("level2"), self.row.get("level3")


def depth(row: Row) -> int:
    """1, 2 or 3: the level of a row of a tree or of goals, told by the level column it carries."""
    return 1 if LEVELS[0] in row.cells else 2 if LEVELS[1] in row.cells else 3


def leaves(filing: Filing, section_id: str) -> Iterator[Leaf]:
    """All level-3 rows in printed order with their parents."""
    by_id = {r.id: r for r in filing.rows if r.section == section_id}
    number = 0
    for row in by_id.values():
        if depth(row) == 3 and row.parent in by_id:
            above = by_id[row.parent]
            if above.parent in by_id:
                number += 1
                yield Leaf(number, by_id[above.parent], above, row)


def tree_records(filing: Filing, section: Section) -> list[dict[str, Row]]:
    """One record a printed line: column → the row that holds it. A parent without children is a record of its own."""
    below: dict[str | None, list[Row]] = {}
    for row in filing.rows:
        if row.section == section.id:
            below.setdefault(row.parent, []).append(row)
    leaf = [f.id for f in section.fields if f.id not in ("level1", "level2")]
    records: list[dict[str, Row]] = []
    for one in below.get(None, []):
        seconds = below.get(one.id, [])
        if not seconds:
            records.append({"level1": one})
        for two in seconds:
            above = {"level1": one, "level2": two}
            records += [above | dict.fromkeys(leaf, three) for three in below.get(two.id, [])] or [above]
    return records


def numbered_rows(filing: Filing, section_id: str) -> Iterator[tuple[str, Row]]:
    """Each row with its path: ``tasks/2``; of a row below another ``goals/2/3``."""
    counts: dict[str | None, int] = {}
    paths: dict[str | None, str] = {None: section_id}
    for row in filing.section(section_id):
        number = counts[row.parent] = counts.get(row.parent, 0) + 1
        paths[row.id] = f"{paths.get(row.parent, section_id)}/{number}"
        yield paths[row.id], row


def empty_filing(form: Form, year: int | None, rows: tuple[Row, ...] = ()) -> Filing:
    """A filing of ``form`` with the given rows and an empty row for each ``fields`` section that is not among them."""
    have = {r.id for r in rows}
    blank = tuple(
        Row(s.id, s.id, MappingProxyType({}))
        for s in form.sections
        if s.kind == "fields" and s.id not in have
    )
    return Filing(form.id, form.title, year, in_order(form, blank + rows), tuple(s.id for s in form.sections))


def in_order(form: Form, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows sorted by the form's order of sections; the order inside a section stays."""
    rank = {s.id: n for n, s in enumerate(form.sections)}
    return tuple(sorted(rows, key=lambda r: rank.get(r.section, len(rank))))


def blank_row(section: Section, row_id: str, parent: str | None = None, level: int = 3) -> Row:
    """An empty row of a list or at ``level`` of a tree or of goals, where a row carries its level column so that its depth is known."""
    cells = {LEVELS[level - 1]: ""} if section.kind in ("tree", "goals") else {}
    return Row(row_id, section.id, MappingProxyType(cells), parent)
