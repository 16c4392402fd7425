"""Which cell of a project form a printed label names: ``其中：财政资金`` → ``budget/fiscal``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from perfdesk.catalog import label_key
from perfdesk.model.form import Field, Form
from perfdesk.recognise.labels import amount_label

_LONGEST = 40
_TAIL = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")


@dataclass(frozen=True, slots=True)
class Names:
    """``cells``: folded label → addresses in the order of the form, those whose own label it is first; ``sections``: folded name →
    section; ``beside``: section → the cell that stands beside its name without a label of its own; ``order``: the form's cells."""

    cells: Mapping[str, tuple[str, ...]]
    sections: Mapping[str, str]
    beside: Mapping[str, str]
    order: tuple[str, ...]

    def in_order(self, addresses: Iterable[str]) -> tuple[str, ...]:
        """The addresses as the form has them one after the other."""
        return tuple(
            sorted(addresses, key=lambda a: self.order.index(a) if a in self.order else len(self.order))
        )

    def cells_of(self, text: str) -> tuple[str, ...]:
        """The addresses that the text may label; empty where it is no label."""
        if not text or len(text) > _LONGEST:
            return ()
        return next((self.cells[k] for k in label_keys(text) if k in self.cells), ())

    def section_of(self, text: str) -> str:
        """The section that the text is the name of, empty where it is none."""
        if not text or len(text) > _LONGEST:
            return ""
        return self.sections.get(label_key(text)) or self.sections.get(amount_label(text)) or ""


def label_keys(text: str) -> tuple[str, ...]:
    """The text as a label, from the closest spelling on: as it is, as a label of money, without what stands in brackets at its end."""
    return label_key(text), amount_label(text), label_key(_TAIL.sub("", text))


def names_of(form: Form, others: Iterable[Form]) -> Names:
    """The labels of ``form``; those of ``others`` where it has none such."""
    cells = _cells(form)
    sections = _sections(form)
    for other in others:
        cells = {**_cells(other), **cells}
        sections = {**_sections(other), **sections}
    order = tuple(f"{s.id}/{f.id}" for s in form.sections for f in s.fields)
    return Names(MappingProxyType(cells), MappingProxyType(sections), MappingProxyType(_beside(form)), order)


def _cells(form: Form) -> dict[str, tuple[str, ...]]:
    own: dict[str, list[str]] = {}
    also: dict[str, list[str]] = {}
    for section in form.sections:
        for field in section.fields if section.kind == "fields" else ():
            address = f"{section.id}/{field.id}"
            own.setdefault(_key(field, field.label), []).append(address)
            for text in (*field.aliases, *([field.short] if field.short else ())):
                also.setdefault(_key(field, text), []).append(address)
    keys = {**own, **also}
    return {k: tuple(dict.fromkeys((*own.get(k, ()), *also.get(k, ())))) for k in keys}


def _key(field: Field, text: str) -> str:
    return amount_label(text) if field.kind == "money" else label_key(text)


def _sections(form: Form) -> dict[str, str]:
    names = ((text, s.id) for s in form.sections for text in (s.label, *s.aliases))
    return {key: section for text, section in names for key in (label_key(text), amount_label(text))}


def _beside(form: Form) -> dict[str, str]:
    """Read off the drawing: a value that stands beside a section's name and whose label is drawn nowhere."""
    found: dict[str, str] = {}
    areas = {a for p in form.paper.parts for line in p.rows for a in line}
    for part in form.paper.parts:
        for line in part.rows:
            values = [a for a in dict.fromkeys(line) if not a.startswith("#")]
            if line[0].startswith("#") and len(values) == 1 and f"@{values[0]}" not in areas:
                section, _, column = values[0].rpartition(".")
                found[line[0][1:]] = f"{section or part.section}/{column}"
    return found
