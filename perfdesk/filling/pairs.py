"""Rows of a filing beside the rows of the blank that they go to: by name, then in order into open rows, then into rows that are added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from perfdesk.catalog import label_key, standard_of
from perfdesk.filling.marks import marks_in
from perfdesk.model.filing import Filing, Row, tree_records
from perfdesk.model.form import LEVELS, Form, Section


@dataclass(frozen=True, slots=True)
class Pair:
    """``ours``: column → the row of the filing that holds it; ``theirs``: column → what was read of the blank's row (a mark, or a text of
    its own). ``beside``: the texts that stand in one row of the blank. ``copied``: that row is copied for it."""

    ours: Mapping[str, Row]
    theirs: Mapping[str, str]
    beside: tuple[str, ...] = ()
    copied: bool = False


@dataclass(slots=True)
class _Slot:
    """A row of the blank: column → text, and whether it was given away."""

    cells: dict[str, str]
    used: bool = False

    @property
    def beside(self) -> tuple[str, ...]:
        """What stands in the row itself: the headings of an indicator may stand in a row above it."""
        return tuple(text for column, text in self.cells.items() if column not in LEVELS[:2] and text)

    def open(self, column: str) -> bool:
        return not self.used and bool(marks_in(self.cells.get(column, "")))


def pair_rows(form: Form, filing: Filing, known: Form, proto: Filing) -> list[Pair]:
    """Every row of the filing, in its order; one for which the blank has nothing is paired with nothing."""
    pairs: list[Pair] = []
    for section in form.sections:
        there = known.section(section.id) if known.has(section.id) else None
        if section.kind == "fields":
            row, theirs = filing.row(section.id), proto.row(section.id) if there else None
            if row is not None:
                ours = {f.id: row for f in section.fields if f.id in row.cells}
                pairs.append(Pair(ours, _matched(section, there, theirs)))
        elif section.kind == "list":
            pairs += _list(section, filing, proto)
        elif section.kind == "tree":
            pairs += _Tree(section, filing, there, proto).pairs()
    return pairs


def _matched(section: Section, there: Section | None, row: Row | None) -> dict[str, str]:
    if row is None or there is None:
        return {}
    return {f.id: row.get(f.id) for f in section.fields if f.id in row.cells}


# --- lists ------------------------------------------------------------------------------------------------------------------


def _list(section: Section, filing: Filing, proto: Filing) -> Iterator[Pair]:
    first = section.fields[0].id
    slots = [_Slot(dict(r.cells)) for r in proto.section(section.id)]
    rows = filing.section(section.id)
    named = {label_key(s.cells.get(first, "")): s for s in slots if not s.open(first)}
    chosen = {r.id: s for r in rows if (s := named.get(label_key(r.get(first)))) and r.get(first)}
    for row in rows:
        ours = {f.id: row for f in section.fields}
        slot = chosen.get(row.id) or next((s for s in slots if s.open(first)), None)
        if slot is not None and not slot.used:
            slot.used = True
            yield Pair(ours, slot.cells, slot.beside)
        elif slots:
            yield Pair(ours, slots[-1].cells, slots[-1].beside, True)
        else:
            yield Pair(ours, {})


# --- trees ------------------------------------------------------------------------------------------------------------------


class _Tree:
    """The indicators: rows of the blank under their two headings."""

    def __init__(self, section: Section, filing: Filing, there: Section | None, proto: Filing) -> None:
        self.section = section
        self.there = there or section
        self.records = [r for r in tree_records(filing, section) if "level3" in r]
        found = tree_records(proto, self.there) if there else []
        self._given: dict[str, str] = {}
        self.slots = [_Slot({c: row.get(c) for c, row in r.items() if c in row.cells}) for r in found]

    def pairs(self) -> Iterator[Pair]:
        named = self._by_name()
        for n, record in enumerate(self.records):
            own = {c: row for c, row in record.items() if c not in LEVELS[:2]}
            slot = named.get(n) or self._open(record)
            if slot is not None:
                slot.used = True
                if n in named and not marks_in(slot.cells["level3"]):
                    del own["level3"]
                yield Pair({**self._headings(record, slot), **own}, slot.cells, slot.beside)
            elif last := self._last(record):
                yield Pair(own, last.cells, last.beside, True)
            else:
                yield Pair(own, {})

    def _by_name(self) -> dict[int, _Slot]:
        """Indicators that the blank prints itself: under the same heading first."""
        found: dict[int, _Slot] = {}
        for n, record in enumerate(self.records):
            keys = self._keys(_name(record, "level3"))
            same = [s for s in self.slots if not s.used and label_key(s.cells.get("level3", "")) in keys]
            if same:
                best = max(same, key=lambda s: sum(self._headed_alike(record, s, lv) for lv in LEVELS[:2]))
                best.used = True
                found[n] = best
        return found

    def _keys(self, name: str) -> set[str]:
        if not name:
            return set()
        fixed = standard_of(self.section, name) or standard_of(self.there, name)
        names = (name, fixed.standard.name, *fixed.standard.aliases) if fixed else (name,)
        return {label_key(n) for n in names}

    def _open(self, record: Mapping[str, Row]) -> _Slot | None:
        """The next open row under the same headings; else one whose heading is open, too."""
        under = [s for s in self.slots if s.open("level3") and self._headed_alike(record, s, "level1")]
        named = [s for s in under if self._headed_alike(record, s, "level2")]
        free = [
            s for s in under if marks_in(s.cells.get("level2", "")) and not self._claimed(s, record, "level2")
        ]
        wild = [s for s in self.slots if s.open("level3") and marks_in(s.cells.get("level1", ""))]
        wild = [s for s in wild if not self._claimed(s, record, "level1")]
        return next(iter((*named, *free, *wild)), None)

    def _headed_alike(self, record: Mapping[str, Row], slot: _Slot, level: str) -> bool:
        """The heading is the same, or the open one that was given this name."""
        there = slot.cells.get(level, "")
        return _key(self._given.get(there, there)) == _key(_name(record, level))

    def _claimed(self, slot: _Slot, record: Mapping[str, Row], level: str) -> bool:
        given = self._given.get(slot.cells.get(level, ""))
        return given is not None and _key(given) != _key(_name(record, level))

    def _headings(self, record: Mapping[str, Row], slot: _Slot) -> dict[str, Row]:
        """The open headings of the blank's row, which are given the names of this row's."""
        given: dict[str, Row] = {}
        for level in LEVELS[:2]:
            there = slot.cells.get(level, "")
            if marks_in(there) and there not in self._given:
                self._given[there] = _name(record, level)
                given[level] = record[level]
        return given

    def _last(self, record: Mapping[str, Row]) -> _Slot | None:
        """The last row under the same headings, below which rows are added."""
        one = [s for s in self.slots if self._headed_alike(record, s, "level1")]
        two = [s for s in one if self._headed_alike(record, s, "level2")]
        return two[-1] if two else None


def _name(record: Mapping[str, Row], level: str) -> str:
    return record[level].get(level) if level in record else ""


def _key(text: str) -> str:
    return label_key(text).removesuffix("指标")
