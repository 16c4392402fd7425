"""A TrueType font file, read as far as a PDF needs it: in a few milliseconds, because what belongs to one of thousands of glyphs is looked
up when that glyph is used. (reportlab goes through all glyphs and characters first: up to 0.05 s a face, before the first page.)"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from struct import error as StructError
from struct import unpack, unpack_from

Outline = tuple[bytes, tuple[int, int]]
"""Of a glyph, and its advance and left side bearing in the font's own units."""

_NO_SUBSETS = 0x0300
"""``OS/2.fsType``: not to be cut down, or bitmaps only; 2 alone: not to be embedded."""
_UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platform and encoding of the tables of characters, the one that has most first."""


class NotEmbeddable(ValueError):
    """No TrueType font, a broken one, or one whose licence does not allow it."""


class TrueType:
    """``glyphs``: character → glyph. ``name`` is the PostScript name; ``ascent``, ``descent``, ``cap_height``, ``box``, and what
    ``width`` tells are in 1/1000 em; ``stem``: about how thick."""

    def __init__(self, data: bytes, index: int = 0) -> None:
        """``index`` of the face in a collection. NotEmbeddable as it says."""
        self._data = data
        try:
            self._places = _directory(data, index)
            self._read()
        except (StructError, KeyError, IndexError, UnicodeDecodeError) as error:
            raise NotEmbeddable(f"{type(error).__name__}: {error}") from error

    def _read(self) -> None:
        head, across, whole = self._at("head"), self._at("hhea"), self._at("maxp")
        em, *box = self._numbers(">H16x4h", head + 18)
        self._scale = 1000 / em
        self.box = tuple(number * self._scale for number in box)
        (self._long,) = self._numbers(">h", head + 50)
        (self._metrics,) = self._numbers(">H", across + 34)
        (self.count,) = self._numbers(">H", whole + 4)
        self._read_looks()
        self.name, self.family = _names(self.table("name"))
        self._outlines, self._bearings, self._loca = self._at("glyf"), self._at("hmtx"), self._at("loca")
        self.glyphs: Mapping[str, int] = _characters(self.table("cmap"), self.count)
        if not self.glyphs:
            raise NotEmbeddable("no table of characters")
        self.default_width = self.width(0)

    def _read_looks(self) -> None:
        looks = self.table("OS/2")
        version, weight, licence = unpack_from(">H2xHxxH", looks)
        if licence == 2 or licence & _NO_SUBSETS:
            raise NotEmbeddable(f"fsType {licence:04x}")
        up, down = unpack_from(">hh", looks, 68)
        self.ascent, self.descent = up * self._scale, down * self._scale
        tall = unpack_from(">h", looks, 88)[0] * self._scale if version > 1 else self.ascent
        self.cap_height = tall
        self.stem = 50 + int((weight / 65.0) ** 2)
        slant, self.fixed = unpack_from(">i4xL", self.table("post"), 4)
        self.slant, self.heavy = slant / 65536, weight >= 600

    def has(self, tag: str) -> bool:
        return tag in self._places

    def table(self, tag: str) -> bytes:
        start, size = self._places[tag]
        return self._data[start : start + size]

    def _at(self, tag: str) -> int:
        return self._places[tag][0]

    def _numbers(self, format: str, at: int) -> tuple[int, ...]:
        return unpack_from(format, self._data, at)

    def width(self, glyph: int) -> float:
        return self._metric(glyph)[0] * self._scale

    def outline(self, glyph: int) -> Outline:
        """NotEmbeddable where the file ends before."""
        try:
            if self._long:
                start, end = self._numbers(">LL", self._loca + 4 * glyph)
            else:
                start, end = (2 * place for place in self._numbers(">HH", self._loca + 2 * glyph))
            return self._data[self._outlines + start : self._outlines + end], self._metric(glyph)
        except StructError as error:
            raise NotEmbeddable(f"glyph {glyph}: {error}") from error

    def _metric(self, glyph: int) -> tuple[int, int]:
        """Of the last glyphs, which are all as wide as the one before them, only the bearing is told."""
        last = self._metrics - 1
        if glyph <= last:
            advance, bearing = self._numbers(">HH", self._bearings + 4 * glyph)
            return advance, bearing
        (advance,) = self._numbers(">H", self._bearings + 4 * last)
        (bearing,) = self._numbers(">H", self._bearings + 4 * (last + 1) + 2 * (glyph - last - 1))
        return advance, bearing


def _directory(data: bytes, index: int) -> dict[str, tuple[int, int]]:
    """Tag → where the table begins and how long it is."""
    start = unpack_from(">L", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
    if data[start : start + 4] not in (b"\0\1\0\0", b"true"):
        raise NotEmbeddable("no TrueType outlines")
    (count,) = unpack_from(">H", data, start + 4)
    entries = (unpack_from(">4s4xLL", data, start + 12 + 16 * number) for number in range(count))
    found = {tag.decode("latin-1"): (at, size) for tag, at, size in entries}
    if any(at + size > len(data) for at, size in found.values()):
        raise NotEmbeddable("cut off")
    return found


def _names(table: bytes) -> tuple[str, str]:
    """PostScript name and family, in English."""
    _, count, texts = unpack_from(">HHH", table)
    found: dict[int, str] = {}
    for number in range(count):
        platform, encoding, language, kind, size, at = unpack_from(">6H", table, 6 + 12 * number)
        text = table[texts + at : texts + at + size]
        if (platform, encoding, language) == (3, 1, 0x409):
            found.setdefault(kind, text.decode("utf-16-be"))
        elif (platform, encoding, language) == (1, 0, 0):
            found.setdefault(kind, text.decode("mac-roman"))
    name = (found.get(6) or found.get(4) or found.get(1) or "").replace(" ", "-")
    if not name or not name.isascii() or not name.isprintable() or set(name) & set("[](){}<>/%"):
        raise NotEmbeddable(f"name {name!r}")
    return name, found.get(1) or name


def _characters(table: bytes, count: int) -> dict[str, int]:
    """Each character that has a glyph of its own; of the two blanks one stands for the other."""
    (tables,) = unpack_from(">H", table, 2)
    places = {(p, e): at for p, e, at in (unpack_from(">HHL", table, 4 + 8 * n) for n in range(tables))}
    at = next((places[kind] for kind in _UNICODE if kind in places), None)
    if at is None:
        return {}
    (kind,) = unpack_from(">H", table, at)
    found: dict[str, int] = {}
    runs = {4: _by_segments, 12: _by_groups}.get(kind)
    for codes, glyphs in runs(table, at) if runs else ():
        found.update(zip(map(chr, codes), glyphs, strict=False))
    found = {char: glyph for char, glyph in found.items() if 0 < glyph < count}
    for one, other in ((" ", "\xa0"), ("\xa0", " ")):
        if one in found:
            found.setdefault(other, found[one])
    return found


_Run = tuple[range, "range | tuple[int, ...]"]
"""Characters and their glyphs."""


def _by_groups(table: bytes, at: int) -> Iterator[_Run]:
    (groups,) = unpack_from(">L", table, at + 12)
    for number in range(groups):
        first, last, glyph = unpack_from(">LLL", table, at + 16 + 12 * number)
        codes = range(first, min(last, 0x10FFFF) + 1)
        yield codes, range(glyph, glyph + len(codes))


def _by_segments(table: bytes, at: int) -> Iterator[_Run]:
    (size,) = unpack_from(">H", table, at + 2)
    (double,) = unpack_from(">H", table, at + 6)
    count = double // 2
    ends = unpack_from(f">{count}H", table, at + 14)
    starts = unpack_from(f">{count}H", table, at + 16 + double)
    shifts = unpack_from(f">{count}h", table, at + 16 + 2 * double)
    offsets = unpack_from(f">{count}H", table, at + 16 + 3 * double)
    for number, (first, last, shift, offset) in enumerate(zip(starts, ends, shifts, offsets, strict=True)):
        codes = range(first, last + 1)
        if not offset:
            yield codes, tuple((code + shift) & 0xFFFF for code in codes)
            continue
        begin = at + 16 + 3 * double + 2 * number + offset
        some = max(0, min(len(codes), (min(at + size, len(table)) - begin) // 2))  # broken fonts say too much
        glyphs = unpack(f">{some}H", table[begin : begin + 2 * some])
        yield codes, tuple((glyph + shift) & 0xFFFF if glyph else 0 for glyph in glyphs)
