"""``import``: files into the store; what is there already and says the same is not taken in a second time."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfdesk.come_again import same_as
from perfdesk.commands.files import FileRead, exit_code, holds_something, known_forms, read_files
from perfdesk.commands.saying import REFUSED, say_json, warn
from perfdesk.commands.sent_back import kept, say_kept
from perfdesk.commands.storing import open_store
from perfdesk.model.filing import Filing
from perfdesk.projects import same_again

if TYPE_CHECKING:
    from perfdesk.store import Store


@dataclass(frozen=True, slots=True)
class Known:
    """What the year has of a filing that comes: ``same`` says exactly the same, ``other`` is the same form and says something else."""

    same: int | None = None
    other: int | None = None


def import_files(args: Namespace) -> int:
    """``import FILE… [--unit NAME] [--year Y] [--again]``: prints the ids of the filings, also of those that were there already."""
    forms = known_forms(args)
    made: list[dict[str, Any]] = []
    refused = False
    with open_store(args) as store:
        there = Here(store)
        files = read_files(args.files, forms, store.new_id)
        for file in files:
            if file.recognised.sent_back is not None:
                say_kept(kept(store, file.path, file.recognised.sent_back))
                continue
            filings = [_named(one.filing, args.year) for one in file.recognised.filings]
            if any(f.year is None for f in filings):
                refused = True
                warn(f"“{Path(file.path).name}”没有写明年度，没有导入。请加上 --year 指明年度。")
                continue
            made += taken_in(store, there, file, filings, args)
    for file in files:
        if file.error:
            warn(file.error.message)
        elif not holds_something(file):
            warn(f"“{Path(file.path).name}”中没有认出任何表样，没有导入。")
    if args.json:
        say_json({"filings": made})
    else:
        print("\n".join(str(m["id"]) for m in made), end="\n" if made else "")
    return REFUSED if refused else exit_code(files)


class Here:
    """What a store has that can still be changed (what is archived or handed in is past, unless ``closed``): listed once and kept up to
    date, for a list anew with each of a thousand files would be a thousand times a thousand."""

    def __init__(self, store: Store, closed: bool = False) -> None:
        self._store = store
        self._ids: dict[tuple[object, ...], list[int]] = {}
        for one in (i for i in store.filings() if closed or not i.closed):
            self._ids.setdefault(_key(one.unit_name, one.year, one.form, one.name), []).append(one.id)

    def known(self, filings: Sequence[Filing], units: Sequence[str]) -> list[Known]:
        """One that is there stands for one that comes, not for several."""
        taken: set[int | None] = set()
        found: list[Known] = []
        for filing, unit in zip(filings, units, strict=True):
            alike = [i for i in self._ids.get(_key_of(filing, unit), ()) if i not in taken]
            same = same_as(filing, (self._store.filing(i) for i in alike))
            found.append(Known(same.id if same else None, alike[0] if alike else None))
            taken.add(found[-1].same)
        return found

    def came(self, filing: Filing, unit: str, filing_id: int) -> None:
        self._ids.setdefault(_key_of(filing, unit), []).append(filing_id)


def _key_of(filing: Filing, unit: str) -> tuple[object, ...]:
    return _key(unit, filing.year, filing.form, filing.cell("basic/name"))


def _key(unit: str, year: int | None, form: str, name: str) -> tuple[object, ...]:
    """What two filings have alike where the one may be the other again."""
    return " ".join(unit.split()), year, same_again(form, name)


def taken_in(
    store: Store, there: Here, file: FileRead, filings: Sequence[Filing], args: Namespace
) -> list[dict[str, Any]]:
    """For each filing its id, and whether it was there already and says the same. ``args``: ``unit`` and ``again``."""
    units = [_unit_of(file, f, args.unit) or f.unit_name for f in filings]
    known = [Known()] * len(filings) if args.again else there.known(filings, units)
    fresh = [n for n, one in enumerate(known) if one.same is None]
    ids = dict(zip(fresh, stored(store, file, filings, args.unit, fresh) if fresh else (), strict=True))
    made: list[dict[str, Any]] = []
    for number, (filing, unit, one) in enumerate(zip(filings, units, known, strict=True)):
        _tell(filing, one, ids.get(number))
        if number in ids:
            there.came(filing, unit, ids[number])
        again = one.same is not None
        made.append(
            {"id": one.same if again else ids[number], "path": file.path, "unit_name": unit, "there": again}
        )
    return made


def _tell(filing: Filing, known: Known, made: int | None) -> None:
    what = f"“{filing.cell('basic/name') or filing.title}”（{filing.year} 年度）"
    if known.same is not None:
        warn(f"{what}已经有了（编号 {known.same}），内容相同，没有再导入。要再存一份请加 --again。")
    elif known.other is not None:
        warn(f"{what}已有一份（编号 {known.other}），内容不同，另存为编号 {made}。")


def stored(
    store: Store,
    file: FileRead,
    filings: Sequence[Filing],
    unit: str | None,
    numbers: Sequence[int] | None = None,
) -> tuple[int, ...]:
    """The ids of what a file holds, taken in as one step. ``unit`` None: of the package's unit, or the one that each filing names.
    ``numbers``: only these of the filings."""
    label, told = f"导入“{Path(file.path).name}”", file.recognised.handed_in
    some = range(len(filings)) if numbers is None else numbers
    chosen = [filings[n] for n in some]
    if told is None:
        return store.add_all(chosen, label, unit)
    units = [_unit_of(file, f, unit) for f in chosen]
    return store.add_all(chosen, label, units, explained=[told.explained(n) for n in some])


def _unit_of(file: FileRead, filing: Filing, unit: str | None) -> str | None:
    """The unit that it is taken in for; None: the one that it names itself."""
    told = file.recognised.handed_in
    if unit or told is None:
        return unit
    return told.unit_name if told.unit_name != " ".join(filing.unit_name.split()) else None


def _named(filing: Filing, year: int | None) -> Filing:
    return replace(filing, year=year) if year is not None else filing
