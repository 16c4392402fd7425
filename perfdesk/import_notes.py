"""What a person should look at before taking a file in: what was mended, what is doubtful, what found no place – each with its place
in the filing and in the file, where they have one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from perfdesk.model.filing import Filing, leaves, numbered_rows
from perfdesk.model.finding import Place, Repair
from perfdesk.model.form import Form
from perfdesk.recognise.lines import DOUBTFUL
from perfdesk.source_places import SourcePlaces, Spot

NoteKind = Literal["doubt", "repair", "leftover"]


@dataclass(frozen=True, slots=True)
class Note:
    """``place``: the cell or row of the filing it is about; ``spot``: where that stands in the file."""

    kind: NoteKind
    message: str
    place: Place | None = None
    spot: Spot | None = None


def notes(
    form: Form, filing: Filing, repairs: Iterable[Repair], leftovers: Iterable[str], places: SourcePlaces
) -> tuple[Note, ...]:
    """Doubts first, then repairs in the order of the filing, then what was left over in the order of the file."""
    rows = _rows(form, filing)
    found: list[Note] = []
    for repair in repairs:
        place = _place(repair.where, rows)
        spot = places.of(place) if place is not None else None
        found.append(Note("doubt" if repair.code == DOUBTFUL else "repair", repair.message, place, spot))
    found.sort(key=lambda note: note.kind != "doubt")
    return (*found, *(Note("leftover", text, None, places.of_text(text)) for text in leftovers))


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
