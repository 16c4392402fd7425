"""What of a filing goes where in a blank: the blank is read like any file, and the marks in it say which cell became which field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from perfdesk.catalog import Catalog
from perfdesk.errors import InputRefused
from perfdesk.evaluation.evaluated import shown
from perfdesk.filling.blank import AddedRows, Blank, Edits, Value
from perfdesk.filling.marks import with_values
from perfdesk.filling.pairs import Pair, pair_rows
from perfdesk.filling.places import Places
from perfdesk.filling.printed import Printed
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.recognise import recognise


@dataclass(frozen=True, slots=True)
class Goes:
    """A value and its place. ``what`` and ``where`` are for people; ``before``: what stands there now and gives way; ``note``: what is to
    be said of it. ``added``: it stands in a row that is added."""

    address: str
    what: str
    value: str
    where: str
    before: str = ""
    note: str = ""
    added: bool = False


@dataclass(frozen=True, slots=True)
class Stays:
    """A value that is not written, and why: ``no-place`` (the blank has none), ``taken`` (something else stands there), ``there`` (it
    stands there already)."""

    address: str
    what: str
    value: str
    why: str
    where: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """``edits`` is what is done to the file. ``form``: the edition that the blank was taken for."""

    form: Form
    goes: tuple[Goes, ...]
    stays: tuple[Stays, ...]
    edits: Edits

    @property
    def missing(self) -> tuple[Stays, ...]:
        """Values that the file will lack."""
        return tuple(s for s in self.stays if s.why != "there")

    @property
    def added_rows(self) -> int:
        return sum(len(a.copies) for a in self.edits.added)


def plan(
    blank: Blank,
    form: Form,
    filing: Filing,
    catalog: Catalog,
    new_id: Callable[[], str],
    over: bool = False,
) -> Plan:
    """``over``: what stands in a place of ours already gives way. InputRefused ``no-form`` where the blank is no form of this kind."""
    if any(s.kind in ("goals", "ledger", "table") for s in form.sections):
        raise InputRefused("no-fill", f"“{form.title}”不是一张表，不能填到空表里。请用导出。")
    proto, known = _form_in(blank, form, catalog, new_id)
    places = Places(blank)
    printed = Printed(form, shown(form, filing), known, proto)
    return _Planner(places, printed, over).plan(known, pair_rows(form, printed.filing, known, proto))


def _form_in(blank: Blank, form: Form, catalog: Catalog, new_id: Callable[[], str]) -> tuple[Filing, Form]:
    """The form in the blank that has most room, of the filing's own edition first."""
    found = [one.filing for one in recognise(blank.source, catalog, new_id).filings]
    own = [f for f in found if catalog.form(f.form).kind == form.kind]
    if not own:
        raise InputRefused(
            "no-form",
            f"在“{_name(blank)}”里没有认出“{form.title}”这样的空表。请换一份空表，或先把它认作新表样。",
        )
    places = Places(blank)
    best = max(own, key=lambda f: (f.form == form.id, places.room_of(f)))
    return best, catalog.form(best.form)


def _name(blank: Blank) -> str:
    return blank.source.path.replace("\\", "/").rpartition("/")[2]


class _Planner:
    """Takes the pairs one by one and says of each cell where it goes."""

    def __init__(self, places: Places, printed: Printed, over: bool) -> None:
        self.places = places
        self.printed = printed
        self.over = over
        self.goes: list[Goes] = []
        self.stays: list[Stays] = []
        self.texts: dict[int, Value] = {}
        self.rooms: dict[int, list[tuple[int, str]]] = {}

    def plan(self, known: Form, pairs: Sequence[Pair]) -> Plan:
        self._year()
        added: dict[int, list[Mapping[int, Value]]] = {}
        for pair in pairs:
            if pair.copied:
                row, values = self._added(pair)
                if row >= 0:
                    added.setdefault(row, []).append(MappingProxyType(values))
            else:
                self._pair(pair)
        for item, values in self.rooms.items():
            self.texts[item] = with_values(self.places.text(item), self.places.in_rooms(values))
        edits = Edits(self.texts, tuple(AddedRows(row, tuple(copies)) for row, copies in added.items()))
        return Plan(known, tuple(self.goes), tuple(self.stays), edits)

    def _year(self) -> None:
        year = self.printed.filing.year
        for slot in self.places.years if year is not None else ():
            self.rooms.setdefault(slot.item, []).append((slot.number, str(year)))
            self.goes.append(Goes("year", self.printed.year_name, str(year), self.places.where(slot.item)))

    def _pair(self, pair: Pair) -> None:
        for column, row in pair.ours.items():
            value, note = self.printed.value(row, column)
            if value == "":
                continue
            said = self.printed.named(row, column)
            there = pair.theirs.get(column)
            if there is None and row.section in self.printed.form.paper.unprinted:
                continue
            if there is None:
                self.stays.append(Stays(*said, _text(value), "no-place"))
            else:
                self._cell(pair, column, there, value, said, note)

    def _cell(
        self, pair: Pair, column: str, there: str, value: Value, said: tuple[str, str], note: str
    ) -> None:
        slot = self.places.slot(there)
        if slot is not None:
            if slot.room is None:
                before = self.places.text(slot.item).strip()
                self._write(slot.item, value, said, before, note)
            else:
                self.rooms.setdefault(slot.item, []).append((slot.number, _text(value)))
                self.goes.append(Goes(*said, _text(value), self.places.where(slot.item), note=note))
            return
        item = self.places.printed_item(there, pair.beside)
        where = self.places.where(item) if item is not None else ""
        if self.printed.same(value, there, column):
            self.stays.append(Stays(*said, _text(value), "there", where))
        elif self.over and item is not None:
            self._write(item, value, said, there, note)
        else:
            self.stays.append(Stays(*said, _text(value), "taken", where, there))

    def _write(self, item: int, value: Value, said: tuple[str, str], before: str, note: str) -> None:
        self.texts[item] = value
        self.goes.append(Goes(*said, _text(value), self.places.where(item), before, note))

    def _added(self, pair: Pair) -> tuple[int, dict[int, Value]]:
        """The row that is copied and what stands in the copy: its cells are those of the row ``pair.theirs``."""
        row = self.places.row_of(pair.beside)
        values: dict[int, Value] = {}
        goes: list[Goes] = []
        for column, mine in pair.ours.items():
            value, note = self.printed.value(mine, column)
            if value == "":
                continue
            said = self.printed.named(mine, column)
            item = self.places.item_in(pair.theirs.get(column, ""), row)
            if item is None or row < 0:
                self.stays.append(Stays(*said, _text(value), "no-place"))
            else:
                values[item] = value
                goes.append(Goes(*said, _text(value), self.places.where(item), note=note, added=True))
        self.goes += goes
        return (row, values) if values else (-1, {})


def _text(value: Value) -> str:
    return value if isinstance(value, str) else f"{value:f}"
