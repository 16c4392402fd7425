"""What an export would write and what stands in its way, found off the window's thread; and the writing, file by file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk.check import check
from perfdesk.derive import derive
from perfdesk.errors import UserError
from perfdesk.export import Job
from perfdesk.export_many import export_many
from perfdesk.file_names import distinct, file_stem, set_stem
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Finding, Place
from perfdesk.model.form import Form
from perfdesk.report.companions import ALONE, Companions
from perfdesk.switched_off import NONE_OFF, Off, still_on
from ui.models.pages import place_of

if TYPE_CHECKING:
    from perfdesk.formats.fonts import FontUse

FORMATS = ("docx", "xlsx", "pdf")
EXCEL_CELL = 32_767


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One filing before its export. ``missing``: characters that a PDF cannot show, with the first cell that has one;
    ``too_long``: the first cell that Excel cannot hold; ``fonts`` of a PDF; ``beside``: of a report, what it quotes."""

    form: Form
    filing: Filing
    errors: tuple[Finding, ...]
    missing: tuple[str, ...]
    missing_at: Place | None
    too_long: Place | None
    fonts: tuple[FontUse, ...]
    beside: Companions = ALONE


@dataclass(frozen=True, slots=True)
class Done:
    """``failed``: what was not written, and why."""

    written: tuple[Path, ...]
    failed: tuple[tuple[Path, UserError], ...]


def survey(
    form: Form, filing: Filing, off: Mapping[str, Off] = NONE_OFF, beside: Companions = ALONE
) -> Surveyed:
    """``off``: checks that are switched off stop nothing."""
    from perfdesk.compose import compose
    from perfdesk.formats.fonts import Fonts
    from perfdesk.formats.write import fonts_used, missing_glyphs

    document, fonts = compose(form, filing, beside=beside).document, Fonts.installed()
    missing = tuple(char for char, _ in missing_glyphs(document, fonts))
    cells = ((r.id, column, text) for r in filing.rows for column, text in r.cells.items())
    return Surveyed(
        form, filing,
        tuple(f for f in still_on(check(form, filing, derive(form, filing, beside)), off) if f.severity == "error"),
        missing, place_of(filing, missing),
        next((Place(row, column) for row, column, text in cells if _units(text) > EXCEL_CELL), None),
        fonts_used(document, fonts), beside,
    )  # fmt: skip


def _units(text: str) -> int:
    """As Excel counts: a character beyond U+FFFF is two."""
    return len(text) + sum(char > "\uffff" for char in text) if len(text) * 2 > EXCEL_CELL else len(text)


def jobs(
    surveyed: Sequence[Surveyed], formats: Sequence[str], folder: Path, pattern: str, draft: bool
) -> tuple[Job, ...]:
    """Every file; a filing with errors is a draft whatever is asked."""
    drafts = [draft or bool(one.errors) for one in surveyed]
    stems = distinct([file_stem(pattern, o.filing, d) for o, d in zip(surveyed, drafts, strict=True)])
    return tuple(
        Job(one.form, one.filing, folder / f"{stem}.{format}", d, beside=one.beside)
        for one, stem, d in zip(surveyed, stems, drafts, strict=True)
        for format in formats
    )


def set_jobs(
    surveyed: Sequence[Surveyed], formats: Sequence[str], folder: Path, pattern: str, draft: bool
) -> tuple[Job, ...]:
    """All in one document; it is a draft where one of them has errors."""
    if not surveyed:
        return ()
    pairs = tuple((one.form, one.filing) for one in surveyed)
    form, filing = pairs[0]
    unfinished = draft or any(one.errors for one in surveyed)
    stem = set_stem(pattern, filing, unfinished)
    return tuple(Job(form, filing, folder / f"{stem}.{name}", unfinished, pairs) for name in formats)


def write_all(
    planned: Sequence[Job],
    say: Callable[[int, Path], None],
    cancelled: Callable[[], bool],
    off: Mapping[str, Off] = NONE_OFF,
) -> Done:
    """What cannot be written does not stop the next; many are written by several processes at once. ``say``: number (from 1) and file,
    when each is begun. The files written stand in the order in which they were planned."""
    written: set[int] = set()
    failed: list[tuple[Path, UserError]] = []
    for number, error in export_many(planned, off, say, cancelled):
        if error is None:
            written.add(number)
        else:
            failed.append((planned[number].target, error))
    return Done(tuple(job.target for number, job in enumerate(planned) if number in written), tuple(failed))
