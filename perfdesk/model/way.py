"""From one state of a filing to another: the changes that lead there, for going back to any point as one new step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from perfdesk.model.change import Change, InsertRow, MoveRow, RemoveRow, SetCell, apply
from perfdesk.model.filing import Filing, Row, depth

Family = tuple[str, str | None]


def way(before: Filing, after: Filing) -> tuple[Change, ...]:
    """The changes that make the rows of ``before`` those of ``after``; both are states of one filing. A column with empty
    text is the same as one that is not there."""
    rebuilt = _rebuilt(before, after)
    start = replace(
        before, rows=tuple(r for r in before.rows if r.section not in rebuilt or r.id == r.section)
    )
    cleared = [
        RemoveRow(r.id)
        for r in before.rows
        if r.section in rebuilt and r.parent is None and r.id != r.section
    ]
    return (*cleared, *_placing(start, after), *_cells(start, after))


def state_at(changes: Sequence[Iterable[Change]], filing: Filing) -> Filing:
    """``filing`` as it was after these steps, the first of which brought its rows. ChangeRefused where they do not fit."""
    first, *later = changes
    there = replace(filing, rows=tuple(c.row for c in first if isinstance(c, InsertRow)))
    for step in later:
        there, _ = apply(there, step)
    return there


def _rebuilt(before: Filing, after: Filing) -> set[str]:
    """Sections where a row changed its level: those rows cannot be moved, so the section's rows are made anew."""
    old = {r.id: r for r in before.rows}
    pairs = [(old[r.id], r) for r in after.rows if r.id in old]
    return {new.section for was, new in pairs if was.section != new.section or depth(was) != depth(new)}


def _placing(before: Filing, after: Filing) -> list[Change]:
    """Rows that came are inserted, others moved where they stand elsewhere, those that are gone removed last."""
    stays = {r.id for r in after.rows}
    families: dict[Family, list[str]] = {}
    home: dict[str, Family] = {}
    for row in before.rows:
        home[row.id] = row.section, row.parent
        if row.id in stays:
            families.setdefault(home[row.id], []).append(row.id)
    changes: list[Change] = []
    last: dict[Family, str] = {}
    for row in after.rows:
        family = row.section, row.parent
        elder = last.get(family)
        if row.id not in home:
            changes.append(InsertRow(row, elder))
            _stand(families, family, row.id, elder)
        elif row.id != row.section and _place(families, home[row.id], row.id) != (family, elder):
            changes.append(MoveRow(row.id, row.parent, elder))
            families[home[row.id]].remove(row.id)
            _stand(families, family, row.id, elder)
        home[row.id] = family
        last[family] = row.id
    return changes + [
        RemoveRow(r.id) for r in before.rows if r.id not in stays and (r.parent is None or r.parent in stays)
    ]


def _place(families: dict[Family, list[str]], family: Family, row: str) -> tuple[Family, str | None]:
    at = families[family].index(row)
    return family, families[family][at - 1] if at else None


def _stand(families: dict[Family, list[str]], family: Family, row: str, elder: str | None) -> None:
    siblings = families.setdefault(family, [])
    siblings.insert(siblings.index(elder) + 1 if elder is not None else 0, row)


def _cells(before: Filing, after: Filing) -> list[Change]:
    old = {r.id: r for r in before.rows}
    return [change for row in after.rows if row.id in old for change in _row_cells(old[row.id], row)]


def _row_cells(before: Row, after: Row) -> list[Change]:
    columns = dict.fromkeys((*before.cells, *after.cells))
    return [SetCell(after.id, c, after.get(c)) for c in columns if before.get(c) != after.get(c)]
