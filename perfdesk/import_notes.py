"""What a person should look at before taking a file in: what was mended, what is doubtful, what found no place – each with its place
in the filing and in the file, where they have one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from perfdesk.compare.filings import Side, compare
from perfdesk.model.filing import Filing, Row, leaves, numbered_rows
from perfdesk.model.finding import Place, Repair
from perfdesk.model.form import Form
from perfdesk.recognise.lines import DOUBTFUL
from perfdesk.source_places import SourcePlaces, Spot
from perfdesk.values import clean_text

NoteKind = Literal["doubt", "repair", "leftover", "differs", "own-row"]


@dataclass(frozen=True, slots=True)
class Note:
    """``place``: the cell or row of the filing it is about; ``spot``: where that stands in the file. ``present``: what the filing that is
    there already says in the cell, where it says something else."""

    kind: NoteKind
    message: str
    place: Place | None = None
    spot: Spot | None = None
    present: str = ""


def notes(
    form: Form, filing: Filing, repairs: Iterable[Repair], leftovers: Iterable[str], places: SourcePlaces
) -> tuple[Note, ...]:
    """Doubts first, then repairs in the order of the filing, then what was left over in the order of the file."""
    rows = _rows(form, filing)
    found: list[Note] = []
    for repair in repairs:
        place = _place(repair.where, rows)
        doubt = repair.code == DOUBTFUL
        cells = places.doubtful(place.row) if doubt and place and place.row and not place.column else []
        for at in cells or [place]:
            spot = places.of(at) if at is not None else None
            found.append(Note("doubt" if doubt else "repair", repair.message, at, spot))
    found.sort(key=lambda note: note.kind != "doubt")
    return (*found, *(Note("leftover", text, None, places.of_text(text)) for text in leftovers))


def differing(form: Form, there: Filing, coming: Filing, new_id: Callable[[], str]) -> dict[Place, str]:
    """What the filing that is there already says where the coming one says something else, by cell of the coming one. Rows that only
    one of them has are not in it."""
    if there.form != coming.form:
        return {}
    lines = compare(Side(form, there, ""), Side(form, coming, ""), {}, new_id).differences
    return {
        line.right_place: line.left
        for line in lines
        if line.right_place is not None and line.left_place is not None
    }


def mended(filing: Filing, texts: Mapping[Place, str]) -> Filing:
    """The filing with these texts in its cells; cells of rows that it does not have are left out."""
    rows: dict[int, Row] = {}
    for place, text in texts.items():
        at = filing.index.places.get(place.row or "")
        if at is not None and place.column is not None:
            rows[at] = rows.get(at, filing.rows[at]).with_cell(place.column, clean_text(text))
    return filing.with_rows(rows) if rows else filing


def _rows(form: Form, filing: Filing) -> Mapping[str, str]:
    """Path of a row (``indicators/12``, ``goals/2/3``, ``basic``) → its id."""
    found: dict[str, str] = {}
    for section in form.sections:
        if section.kind == "fields":
            found[section.id] = section.id
        elif section.kind == "tree":
            found |= {f"{section.id}/{leaf.number}": leaf.row.id for leaf in leaves(filing, section.id)}
        else:
            found |= {path: row.id for path, row in numbered_rows(filing, section.id)}
    return found


def _place(where: str, rows: Mapping[str, str]) -> Place | None:
    """``indicators/12/target``, ``tasks/2``, ``basic/goals``; None for the title and the like."""
    if where in rows:
        return Place(rows[where])
    row, _, column = where.rpartition("/")
    return Place(rows[row], column) if row in rows else None
