"""Another unit's name in a unit's own words: the sign of a form that was copied from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from perfdesk.model.filing import Filing, Row, depth, numbered_rows
from perfdesk.model.finding import Across, Place
from perfdesk.model.form import Form
from perfdesk.naming import label_key
from perfdesk.rules.subject import Kind

OTHER = Kind("name-of-another-unit", "warning", "写的是另一个单位")
KINDS = (OTHER,)

LEAST = 5
"""A shorter name stands in other words by chance."""

_OURS = frozenset({"unit_name", "department", "unit_code"})
"""Cells in which names of units belong."""

One = tuple[Form, Filing]


def other_units(year: Sequence[One], units: Iterable[str]) -> Iterator[Across]:
    """``units``: the names of all units that are known. Told once a form and name; a name that is part of the form's own unit's name, or
    holds it (the office above), is nobody else's."""
    known = _known(tuple(units))
    for form, filing in year if known else ():
        own = label_key(filing.unit_name)
        yield from _of(form, filing, own, known) if own else ()


def _of(form: Form, filing: Filing, own: str, known: _Known) -> Iterator[Across]:
    told: set[str] = set()
    for path, row, column, label in _texts(form, filing):
        for key, name in _named_in(label_key(row.get(column)), known):
            if key not in own and own not in key and name not in told:
                told.add(name)
                message = f"{label}里写的是“{name}”，这张表是“{filing.unit_name}”的，请核对是否照抄。"
                yield Across(filing, OTHER.at(f"{path}/{column}", Place(row.id, column), message))


_Known = Mapping[str, Sequence[tuple[int, str, str]]]
"""The first ``LEAST`` characters of names → their places, folded names and names."""


@lru_cache(maxsize=4)
def _known(units: tuple[str, ...]) -> _Known:
    """Of the names that are long enough: a bureau knows thousands, and not each is looked for in each cell."""
    names = {key: name for name in units if len(key := label_key(name)) >= LEAST}
    found: dict[str, list[tuple[int, str, str]]] = {}
    for place, (key, name) in enumerate(names.items()):
        found.setdefault(key[:LEAST], []).append((place, key, name))
    return found


def _named_in(text: str, known: _Known) -> list[tuple[str, str]]:
    """Folded names and names, in the order of the names."""
    starts = {text[n : n + LEAST] for n in range(len(text) - LEAST + 1)} & known.keys()
    found = sorted(one for start in starts for one in known[start] if one[1] in text)
    return [(key, name) for _, key, name in found]


def _texts(form: Form, filing: Filing) -> Iterator[tuple[str, Row, str, str]]:
    """Path, row, column and what the column is called, of every cell of words."""
    for section in form.sections:
        if section.kind not in ("fields", "list", "tree", "goals"):
            continue
        leaf = 0
        for path, row in numbered_rows(filing, section.id):
            if section.kind == "fields":
                path = section.id
            elif section.kind == "tree":
                leaf += depth(row) == 3
                path = f"{section.id}/{max(leaf, 1)}"
            for field in section.fields:
                if field.kind in ("text", "name", "target") and field.id not in _OURS and row.get(field.id):
                    yield path, row, field.id, field.name
