"""What stands on a page of a foreign PDF: glyphs and ruled lines, as seen upright. The page's own order and tables are not believed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from ctypes import byref, c_float, c_int
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from perfdesk.formats.budget import Budget

Matrix = tuple[float, float, float, float, float, float]
THIN = 2.5
"""pt: a filled shape no thicker is a line."""
SHORT = 4.0
"""pt: a line no longer rules nothing."""
_DEEPEST = 5
_AT_LINE_END = (0x02, 0xFFFE)
"""What pdfium gives for a hyphen at the end of a line, which it takes for one that parts a word."""


class Glyph(NamedTuple):
    """A character and its box in pt, from the page's top left corner; ``size`` of its face."""

    char: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A straight line: ``at`` is the height of one that lies, the distance from the left of one that stands."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Marks:
    """One page. ``pictures``: whether it holds any (a scan is one picture)."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    lying: tuple[Rule, ...]
    standing: tuple[Rule, ...]
    pictures: bool
    unreadable: int = 0
    """Glyphs whose face does not say which characters they are."""


def marks_of(page: Any, engine: Any, budget: Budget) -> Marks:
    """``page`` is an open page of the PDF library, ``engine`` its raw interface."""
    turned = _Turned(page, engine)
    shapes = _Shapes(engine, budget, turned)
    shapes.take(page.raw, (1, 0, 0, 1, 0, 0), 0)
    glyphs, unreadable = _glyphs(page, engine, budget, turned)
    return Marks(
        turned.width,
        turned.height,
        (*glyphs, *shapes.blanks),
        tuple(shapes.lying),
        tuple(shapes.standing),
        shapes.pictures,
        unreadable,
    )


class _Turned:
    """Places of the file (up from the bottom left of an unturned sheet) → places as seen (down from the top left)."""

    def __init__(self, page: Any, engine: Any) -> None:
        self.width, self.height = page.get_size()
        self._quarters = int(engine.FPDFPage_GetRotation(page.raw)) % 4
        self._left, self._bottom, self._right, self._top = page.get_bbox()

    def point(self, x: float, y: float) -> tuple[float, float]:
        right, down = x - self._left, self._top - y
        match self._quarters:
            case 1:
                return y - self._bottom, right
            case 2:
                return self._right - x, y - self._bottom
            case 3:
                return down, self._right - x
            case _:
                return right, down

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """left, top, right, bottom as seen."""
        (a, b), (c, d) = self.point(left, bottom), self.point(right, top)
        return min(a, c), min(b, d), max(a, c), max(b, d)


# --- characters ----------------------------------------------------------------------------------------------------------


def _glyphs(page: Any, engine: Any, budget: Budget, turned: _Turned) -> tuple[list[Glyph], int]:
    text = page.get_textpage()
    try:
        return _read_glyphs(text.raw, engine, budget, turned)
    finally:
        text.close()


def _read_glyphs(text: Any, engine: Any, budget: Budget, turned: _Turned) -> tuple[list[Glyph], int]:
    found: list[Glyph] = []
    unreadable = 0
    box = engine.FS_RECTF()
    count = max(0, int(engine.FPDFText_CountChars(text)))
    budget.text(count)
    for number in range(count):
        if number % 1000 == 0:
            budget.progress()
        if engine.FPDFText_IsGenerated(text, number) == 1:
            continue
        code = int(engine.FPDFText_GetUnicode(text, number))
        if code in _AT_LINE_END and engine.FPDFText_IsHyphen(text, number) == 1:
            code = ord("-")
        if engine.FPDFText_HasUnicodeMapError(text, number) == 1 or code in (0, 0xFFFD, 0xFFFE):
            unreadable += 1
            continue
        if not engine.FPDFText_GetLooseCharBox(text, number, byref(box)):
            continue
        left, top, right, bottom = turned.box(box.left, box.bottom, box.right, box.top)
        if code >= 32:
            found.append(Glyph(_plain(chr(code)), left, top, right, bottom, bottom - top))
    return found, unreadable


def _plain(char: str) -> str:
    """Faces that draw a radical and a character with one glyph name either; the character is meant."""
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char)
    return char


# --- lines ---------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Shapes:
    engine: Any
    budget: Budget
    turned: _Turned
    lying: list[Rule] = field(default_factory=list[Rule])
    standing: list[Rule] = field(default_factory=list[Rule])
    blanks: list[Glyph] = field(default_factory=list[Glyph])
    pictures: bool = False
    _seen: int = 0

    def take(self, holder: Any, matrix: Matrix, depth: int) -> None:
        """All shapes of a page, or of a form in it at ``depth``."""
        engine = self.engine
        counted, got = (
            (engine.FPDFFormObj_CountObjects, engine.FPDFFormObj_GetObject)
            if depth
            else (engine.FPDFPage_CountObjects, engine.FPDFPage_GetObject)
        )
        for number in range(counted(holder)):
            self._seen += 1
            if self._seen % 500 == 0:
                self.budget.progress()
            self.budget.shapes(self._seen)
            self._take_one(got(holder, number), matrix, depth)

    def _take_one(self, shape: Any, matrix: Matrix, depth: int) -> None:
        engine = self.engine
        kind = engine.FPDFPageObj_GetType(shape)
        if kind == engine.FPDF_PAGEOBJ_IMAGE:
            self.pictures = True
        elif kind == engine.FPDF_PAGEOBJ_TEXT:
            self._take_blank(shape, matrix)
        elif kind == engine.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            self.take(shape, _product(_matrix(shape, engine), matrix), depth + 1)
        elif kind == engine.FPDF_PAGEOBJ_PATH:
            self._take_path(shape, _product(_matrix(shape, engine), matrix))

    def _take_blank(self, text: Any, matrix: Matrix) -> None:
        """pdfium (151) leaves a text that is one blank out of the page's characters: its box has no width."""
        edges = [c_float() for _ in range(4)]
        size = c_float()
        if not self.engine.FPDFPageObj_GetBounds(text, *map(byref, edges)) or edges[2].value > edges[0].value:
            return
        self.engine.FPDFTextObj_GetFontSize(text, byref(size))
        own = _product(_matrix(text, self.engine), matrix)
        x, y = self.turned.point(own[4], own[5])
        high = abs(size.value) * max(abs(own[0]), abs(own[1]))
        self.blanks.append(Glyph(" ", x, y - 0.75 * high, x + 0.25 * high, y + 0.25 * high, high))

    def _take_path(self, path: Any, matrix: Matrix) -> None:
        fill, stroke = _drawn(path, self.engine)
        if not (fill or stroke):
            return
        for points in _runs(path, self.engine):
            self._seen += len(points) // 4
            seen = [self.turned.point(*_moved(p, matrix)) for p in points]
            if stroke:
                for a, b in pairwise(seen):
                    self._rule(*a, *b)
            elif len(seen) > 2:
                self._bar(seen)

    def _bar(self, seen: list[tuple[float, float]]) -> None:
        """A filled shape: a line where it is thin, else a shade, which rules nothing."""
        left, right = min(x for x, _ in seen), max(x for x, _ in seen)
        top, bottom = min(y for _, y in seen), max(y for _, y in seen)
        if bottom - top <= THIN:
            self._rule(left, (top + bottom) / 2, right, (top + bottom) / 2)
        elif right - left <= THIN:
            self._rule((left + right) / 2, top, (left + right) / 2, bottom)

    def _rule(self, x: float, y: float, to_x: float, to_y: float) -> None:
        if abs(y - to_y) <= 1 and abs(x - to_x) > SHORT:
            self.lying.append(Rule((y + to_y) / 2, min(x, to_x), max(x, to_x)))
        elif abs(x - to_x) <= 1 and abs(y - to_y) > SHORT:
            self.standing.append(Rule((x + to_x) / 2, min(y, to_y), max(y, to_y)))


def _drawn(path: Any, engine: Any) -> tuple[bool, bool]:
    """(filled, stroked)."""
    fill, stroke = c_int(), c_int()
    if not engine.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke)):
        return False, False
    return fill.value != 0, bool(stroke.value)


def _runs(path: Any, engine: Any) -> Iterator[list[tuple[float, float]]]:
    """Stretches of straight lines; a curve ends one."""
    run: list[tuple[float, float]] = []
    x, y = c_float(), c_float()
    for number in range(engine.FPDFPath_CountSegments(path)):
        segment = engine.FPDFPath_GetPathSegment(path, number)
        engine.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        kind = engine.FPDFPathSegment_GetType(segment)
        if kind != engine.FPDF_SEGMENT_LINETO:
            if len(run) > 1:
                yield run
            run = []
        run.append((x.value, y.value))
        if engine.FPDFPathSegment_GetClose(segment):
            yield [*run, run[0]]
            run = []
    if len(run) > 1:
        yield run


def _matrix(shape: Any, engine: Any) -> Matrix:
    found = engine.FS_MATRIX()
    if not engine.FPDFPageObj_GetMatrix(shape, byref(found)):
        return 1, 0, 0, 1, 0, 0
    return found.a, found.b, found.c, found.d, found.e, found.f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f
