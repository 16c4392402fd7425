"""The pages as they print: laid out and drawn off the window's thread, kept page by page, asked for by place and by point."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QImage

from perfdesk.errors import ExportRefused, UserError
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Place
from perfdesk.report.companions import ALONE, Companions
from ui.tasks import Task

if TYPE_CHECKING:
    from perfdesk.formats.pdf_pages import LaidPage
    from perfdesk.model.form import Form

PAUSE, LONGEST_PAUSE = 250, 3000
"""Milliseconds without a change before the pages are made anew; a form that takes long waits four times as long as it takes."""
KEPT_BYTES = 96 * 1024 * 1024
"""Pictures of pages out of sight are kept up to this."""

Address = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a cell on page ``page`` (from 0), in pt from its top left corner."""

    page: int
    box: QRectF


@dataclass(frozen=True, slots=True)
class Printed:
    """A filing as it prints. ``sizes``: width and height of each page in pt; ``spots``: cell of the filing → where it lies; ``same``:
    pages that look as in the printing before."""

    pdf: bytes = field(repr=False)
    pages: tuple[LaidPage, ...] = field(repr=False)
    sizes: tuple[tuple[float, float], ...] = field(repr=False)
    bindings: Mapping[Address, tuple[str, str]] = field(repr=False)
    spots: Mapping[tuple[str, str], tuple[Spot, ...]] = field(repr=False)
    draft: bool
    seconds: float
    same: frozenset[int] = frozenset()

    def of(self, place: Place | None) -> tuple[Spot, ...]:
        """Where a cell lies; of a row without a cell on paper the row's first cell."""
        if place is None or place.row is None:
            return ()
        if place.column and (found := self.spots.get((place.row, place.column))):
            return found
        return next((s for (row, _), s in self.spots.items() if row == place.row), ())

    def place_at(self, page: int, x: float, y: float) -> Place | None:
        """The cell of the filing at a point of a page; for a label the cell that it labels."""
        cells = self.pages[page].cells if 0 <= page < len(self.pages) else ()
        for placed in cells:
            if placed.x <= x <= placed.x + placed.width and placed.y <= y <= placed.y + placed.height:
                return self._bound(placed.table, placed.cell.row, placed.cell.col)
        return None

    def _bound(self, table: int, row: int, col: int) -> Place | None:
        here = [(c, cell) for (t, r, c), cell in self.bindings.items() if (t, r) == (table, row) and c >= col]
        return Place(*min(here)[1]) if here else None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there are no pages. ``chars``: characters that no font has; ``place`` of the first of them."""

    error: UserError
    chars: tuple[str, ...] = ()
    place: Place | None = None


def printed(
    form: Form, filing: Filing, draft: bool, before: Printed | None = None, beside: Companions = ALONE
) -> Printed | Refused:
    """On any thread. ``before``: the printing that is shown now; ``beside``: of a report, what it quotes and shows."""
    from perfdesk.compose import compose
    from perfdesk.formats.fonts import Fonts
    from perfdesk.formats.write import missing_glyphs, pages, write_bytes
    from perfdesk.units import mm_to_pt

    start = time.perf_counter()
    composed, fonts = compose(form, filing, draft, beside), Fonts.installed()
    document = composed.document
    try:
        pdf = write_bytes(document, "pdf", fonts)
    except ExportRefused as error:
        chars = tuple(char for char, _ in missing_glyphs(document, fonts))
        return Refused(error, chars, place_of(filing, chars))
    laid = pages(document, fonts)
    sizes = tuple((mm_to_pt(p.page.width), mm_to_pt(p.page.height)) for p in laid)
    return Printed(
        pdf, laid, sizes, composed.bindings, _spots(laid, composed.bindings), draft,
        time.perf_counter() - start, _same(before, laid, draft),
    )  # fmt: skip


def place_of(filing: Filing, chars: Sequence[str]) -> Place | None:
    """The first cell with one of the characters."""
    return next(
        (
            Place(row.id, column)
            for row in filing.rows
            for column, text in row.cells.items()
            if any(char in text for char in chars)
        ),
        None,
    )


def _spots(
    laid: Sequence[LaidPage], bindings: Mapping[Address, tuple[str, str]]
) -> dict[tuple[str, str], tuple[Spot, ...]]:
    found: dict[tuple[str, str], list[Spot]] = {}
    for number, page in enumerate(laid):
        for placed in page.cells:
            bound = bindings.get((placed.table, placed.cell.row, placed.cell.col))
            if bound:
                box = QRectF(placed.x, placed.y, placed.width, placed.height)
                found.setdefault(bound, []).append(Spot(number, box))
    return {bound: tuple(spots) for bound, spots in found.items()}


def _same(before: Printed | None, laid: Sequence[LaidPage], draft: bool) -> frozenset[int]:
    if before is None or before.draft != draft:
        return frozenset()
    pairs = enumerate(zip(before.pages, laid, strict=False))
    return frozenset(number for number, (old, new) in pairs if old == new)


@dataclass(slots=True)
class _Kept:
    """``fresh``: shows the page as it is now (else as it was before the last change)."""

    image: QImage
    fresh: bool = True


class Pages(QObject):
    """``laid``: other pages; ``drawn``: a page has a new picture; ``refused``: there are no pages, and why.

    One piece of work runs at a time, the newest wish first.
    """

    laid = Signal()
    drawn = Signal(int)
    refused = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.printed: Printed | None = None
        self._wanted: tuple[Form, Filing, bool, Companions] | None = None
        self._wished: list[tuple[int, int]] = []
        self._kept: dict[int, _Kept] = {}
        self._task: Task | None = None
        self._running: set[Task] = set()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._next)

    # --- what is wanted ---

    def show(
        self, form: Form, filing: Filing, draft: bool, now: bool = False, beside: Companions = ALONE
    ) -> None:
        """Make the pages of this filing; not ``now``: when nothing else comes for a moment."""
        self._wanted = form, filing, draft, beside
        seconds = self.printed.seconds if self.printed else 0.0
        self._pause.start(0 if now else min(LONGEST_PAUSE, max(PAUSE, round(4000 * seconds))))

    def forget(self) -> None:
        """Nothing is open, or another filing is."""
        self._pause.stop()
        self.printed, self._wanted, self._wished = None, None, []
        self._kept.clear()
        if self._task:
            self._task.cancel()
            self._task = None

    def is_idle(self) -> bool:
        """Everything wanted and wished is there."""
        return self._wanted is None and self._task is None

    def wish(self, pages: Sequence[tuple[int, int]]) -> None:
        """These pages are in sight, each with its width in device pixels; the first is drawn first."""
        self._wished = [(page, width) for page, width in pages if self._lacks(page, width)]
        self._trim([page for page, _ in pages])
        self._next()

    def picture(self, page: int) -> QImage | None:
        """The newest picture there is of it, of whatever width."""
        kept = self._kept.get(page)
        return kept.image if kept else None

    # --- work ---

    def _next(self) -> None:
        if self._task is not None:
            return
        if self._wanted is not None and not self._pause.isActive():
            form, filing, draft, beside = self._wanted
            before, self._wanted = self.printed, None
            self._start(lambda _task: printed(form, filing, draft, before, beside), self._take_pages)
            return
        self._wished = [(page, width) for page, width in self._wished if self._lacks(page, width)]
        if self.printed and self._wished:
            (page, width), pdf = self._wished[0], self.printed.pdf
            self._start(lambda _task: (page, _image(pdf, page, width)), self._take_picture)

    def _start(self, work: Any, done: Any) -> None:
        task = self._task = Task(work)
        self._running.add(task)  # until it has ended, a given-up one too: the thread still speaks through it
        task.done.connect(done)
        task.failed.connect(self._fail)
        task.ended.connect(lambda: self._running.discard(task))
        task.start()

    def _take_pages(self, result: Printed | Refused) -> None:
        self._task = None
        if isinstance(result, Refused):
            self.printed = None
            self._kept.clear()
            self.refused.emit(result)
        else:
            self.printed = result
            for number in [n for n in self._kept if n >= len(result.pages)]:
                del self._kept[number]
            for number, kept in self._kept.items():
                kept.fresh = kept.fresh and number in result.same
            self.laid.emit()
        self._next()

    def _take_picture(self, result: tuple[int, QImage]) -> None:
        self._task = None
        page, image = result
        self._kept.pop(page, None)
        self._kept[page] = _Kept(image)
        self.drawn.emit(page)
        self._next()

    def _fail(self, error: UserError) -> None:
        self._task, self._wished = None, []
        self.refused.emit(Refused(error))

    # --- pictures ---

    def _lacks(self, page: int, width: int) -> bool:
        kept = self._kept.get(page)
        return kept is None or not kept.fresh or kept.image.width() != width

    def _trim(self, seen: Sequence[int]) -> None:
        """The oldest pictures out of sight go."""
        size = sum(k.image.sizeInBytes() for k in self._kept.values())
        for page in [p for p in self._kept if p not in seen]:
            if size <= KEPT_BYTES:
                return
            size -= self._kept.pop(page).image.sizeInBytes()


def _image(pdf: bytes, page: int, width: int) -> QImage:
    from perfdesk.formats.pdf_picture import picture

    shown = picture(pdf, page, width)
    return QImage(shown.pixels, shown.width, shown.height, shown.width * 4, QImage.Format.Format_RGB32).copy()
