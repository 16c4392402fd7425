"""The draft of a new form while it is corrected: each correction is a step that can be taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk.new_forms.draft import (
    Column,
    DraftSection,
    FormDraft,
    Kind,
    as_kind,
    with_column,
    with_section,
    without_column,
)

if TYPE_CHECKING:
    from perfdesk.catalog import Catalog
    from perfdesk.document.source import Source
    from perfdesk.model.filing import Filing
    from perfdesk.model.form import FieldKind, Form


class Taking:
    """``sheets``: of a workbook its sheets, of which number ``sheet`` is taken."""

    def __init__(self, source: Source, catalog: Catalog, name: str) -> None:
        from perfdesk.new_forms.propose import sheets_of

        self._source = source
        self._catalog = catalog
        self._name = name
        self._before: list[FormDraft] = []
        self.sheets = sheets_of(source)
        self.draft = self._proposed(0)

    def _proposed(self, sheet: int) -> FormDraft:
        from perfdesk.new_forms.propose import propose

        return propose(self._source, self._catalog.forms.values(), self._name, sheet)

    def choose_sheet(self, sheet: int) -> None:
        """InputRefused where the sheet has nothing to fill in; the draft stays then."""
        self._to(self._proposed(sheet))

    def _to(self, draft: FormDraft) -> bool:
        if draft == self.draft:
            return False
        self._before.append(self.draft)
        self.draft = draft
        return True

    def back(self) -> bool:
        """False where nothing was corrected."""
        if self._before:
            self.draft = self._before.pop()
            return True
        return False

    # --- corrections: each says whether something became another ---

    def head(self, title: str, scheme_name: str, amount_unit: str) -> bool:
        return self._to(replace(self.draft, title=title, scheme_name=scheme_name, amount_unit=amount_unit))

    def name_section(self, section: str, label: str) -> bool:
        return bool(label.strip()) and self._to(with_section(self.draft, section, label.strip()))

    def kind_section(self, section: str, kind: Kind) -> bool:
        return self._to(as_kind(self.draft, section, kind))

    def label(self, section: str, column: str, label: str) -> bool:
        one = self._column(section, column)
        plain = "".join(label.split())
        return bool(plain) and self._to(with_column(self.draft, section, replace(one, label=plain)))

    def kind(self, section: str, column: str, kind: FieldKind) -> bool:
        return self._to(with_column(self.draft, section, replace(self._column(section, column), kind=kind)))

    def required(self, section: str, column: str, wanted: bool) -> bool:
        one = replace(self._column(section, column), required=wanted)
        return self._to(with_column(self.draft, section, one))

    def drop(self, section: str, column: str) -> bool:
        return self._to(without_column(self.draft, section, column))

    def _column(self, section: str, column: str) -> Column:
        return next(c for c in self.draft.section(section).columns if c.id == column)

    def may_turn(self, section: DraftSection) -> bool:
        """Cells that could be a list, or a list that could be cells."""
        other: Kind = "fields" if section.kind == "list" else "list"
        return as_kind(self.draft, section.id, other) != self.draft

    # --- what comes of it ---

    def form(self) -> Form:
        """FormError with what is missing."""
        from perfdesk.own_forms import form_of_draft

        return form_of_draft(self.draft)

    def sample(self) -> tuple[Form, Filing]:
        """The form and an empty filing of it, to be looked at."""
        from itertools import count

        from perfdesk.catalog import new_filing

        form, numbers = self.form(), count(1)
        return form, new_filing(form, self.draft.year, "", lambda: str(next(numbers)))

    def save(self, data: Path, blank: Path) -> Form:
        """UserError where it is not whole."""
        from perfdesk.own_forms import save_form

        return save_form(data, self._catalog, self.draft, blank)
