"""Last year's values, to stand beside this year's: of the same form, told by the rows that were carried, else by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from perfdesk.budget.view_unit import in_unit, show_in
from perfdesk.catalog import label_key
from perfdesk.derive import amount_unit
from perfdesk.errors import FormError
from perfdesk.model.filing import Filing, Row, leaves
from perfdesk.values import parse_amount, plain_number
from ui.messages import carry as words

if TYPE_CHECKING:
    from perfdesk.catalog import Catalog
    from perfdesk.mapping_files import Mappings
    from perfdesk.model.form import Form
    from perfdesk.store import FilingInfo, FirstLook, Store

    Reading = Store | FirstLook


@dataclass(frozen=True, slots=True)
class LastYear:
    """``filing``: as one of this year's edition; None: there is none. ``targets``: raw, by the folded names of the levels, and by the
    leaf's name alone."""

    filing: Filing | None = None
    targets: Mapping[tuple[str, ...], str] = field(default_factory=dict[tuple[str, ...], str])

    def target(self, row: Row, *names: str) -> str:
        """The raw target of the indicator that was carried as ``row``, else of the one with these names; empty where there was none."""
        if then := self.cell(row.id, "target"):
            return then
        key = tuple(label_key(name) for name in names)
        return self.targets.get(key) or self.targets.get(key[-1:], "")

    def cell(self, row: str, column: str) -> str:
        """The raw text of the same cell, empty where there is none."""
        then = self.filing.row(row) if self.filing is not None else None
        return then.get(column) if then is not None else ""

    def typed(self, form: Form, filing: Filing, row: str, column: str) -> str:
        """As it would be typed in ``filing``: an amount in the unit that it counts in."""
        then = self.filing.row(row) if self.filing is not None else None
        if self.filing is None or then is None or not (text := then.get(column)):
            return ""
        unit, now = amount_unit(form, self.filing), amount_unit(form, filing)
        kinds = (f.kind for s in form.sections if s.id == then.section for f in s.fields if f.id == column)
        value = parse_amount(text, unit).value
        if unit == now or value is None or "money" not in kinds:
            return text
        return plain_number(in_unit(value, unit, now))

    def amount(self, form: Form, filing: Filing, row: str, column: str) -> str:
        """As people read it, in the unit that ``filing`` counts in; as typed where it cannot be read."""
        text = self.cell(row, column)
        if self.filing is None or not text:
            return text
        unit = amount_unit(form, self.filing)
        value = parse_amount(text, unit).value
        return text if value is None else show_in(value, unit, amount_unit(form, filing))

    def tip(self, row: str, column: str, now: str) -> str:
        """For a cell that has no room for it: what stood there, where that was something else."""
        then = self.cell(row, column)
        return "" if same(then, now) else words.before(then)


NO_LAST_YEAR = LastYear()


def same(then: str, now: str) -> bool:
    """Blanks and the separators of an amount are no difference."""
    return _plain(then) == _plain(now)


def _plain(text: str) -> str:
    packed = "".join(text.split())
    amount = parse_amount(packed)
    return packed if amount.value is None or amount.problem else str(amount.value.normalize())


class Earlier:
    """Finds it; knows the mappings between editions once they were needed."""

    def __init__(self) -> None:
        self._mappings: tuple[Catalog, Mappings] | None = None

    def of(
        self, store: Reading, catalog: Catalog, infos: Sequence[FilingInfo], filing: Filing, year: int | None
    ) -> LastYear:
        """Of the newest earlier year in which the unit has the same kind of form; of a project the one of the same name."""
        found = _newest(catalog, infos, filing, year)
        if found is None:
            return NO_LAST_YEAR
        then = store.filing(found.id)
        if then.form != filing.form:
            from perfdesk.editions.convert import convert

            source, target = catalog.form(then.form), catalog.form(filing.form)
            ways = self._known(store, catalog).get((source.id, target.id))
            then = convert(then, source, target, ways, store.new_id).filing
        return LastYear(then, targets_of(then, catalog))

    def _known(self, store: Reading, catalog: Catalog) -> Mappings:
        if self._mappings is None or self._mappings[0] is not catalog:
            self._mappings = catalog, _readable(store, catalog)
        return self._mappings[1]


def _readable(store: Reading, catalog: Catalog) -> Mappings:
    """Without the user's own where one is wrong: that is told when somebody carries, not whenever a form is opened."""
    from perfdesk import mapping_files

    try:
        return mapping_files.load(catalog, store.vault.folder)
    except FormError:
        return mapping_files.load(catalog)


def _newest(
    catalog: Catalog, infos: Sequence[FilingInfo], filing: Filing, year: int | None
) -> FilingInfo | None:
    kind, key = _kind(filing.form), label_key(filing.cell("basic/name"))
    earlier = [
        i
        for i in infos
        if year is not None and i.year is not None and i.year < year
        if _kind(i.form) == kind and i.form in catalog.forms
        if label_key(i.name) == key
    ]
    return max(earlier, key=lambda i: i.year or 0, default=None)


def targets_of(filing: Filing, catalog: Catalog) -> Mapping[tuple[str, ...], str]:
    """Raw targets by the folded names of the levels, and by the leaf's folded name alone (the first of that name)."""
    found: dict[tuple[str, ...], str] = {}
    for leaf in leaves(filing, catalog.form(filing.form).tree.id):
        key = tuple(label_key(name) for name in leaf.path)
        found.setdefault(key, leaf.row.get("target"))
        found.setdefault(key[2:], leaf.row.get("target"))
    return found


def _kind(form: str) -> str:
    return form.rpartition("/")[2]
