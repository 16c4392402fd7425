"""A TrueType font cut down to some of its glyphs, for embedding. A glyph is looked at once in a run: adding up all of them for every file
would take a quarter of the time of a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from struct import pack, unpack, unpack_from

from perfdesk.formats.truetype import TrueType

_COPIED = ("OS/2", "cvt ", "fpgm", "name", "prep")
_WHOLE = 0xB1B0AFBA
"""What the words of a whole font file add up to, by the format (``head.checkSumAdjustment``)."""
_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 1, 8, 32, 64, 128
"""Flags of a glyph's part: its place takes two words; it is scaled by one number, two or four; another part follows."""

_Table = tuple[bytes, int]
"""Its bytes, and what its 32-bit words add up to."""


@dataclass(frozen=True, slots=True)
class _Glyph:
    """Its outline filled up to whole words, their sum, its advance and bearing; of a glyph made of others where it names them."""

    data: bytes
    total: int
    metric: tuple[int, int]
    parts: tuple[tuple[int, int], ...] = ()


class Subsetter:
    """Of one font file."""

    def __init__(self, font: TrueType) -> None:
        self._font = font
        self._glyphs: dict[int, _Glyph] = {}
        self._copied = {tag: _summed(font.table(tag)) for tag in _COPIED if font.has(tag)}
        self._copied["post"] = _summed(b"\0\3\0\0" + font.table("post")[4:16] + bytes(16))

    def font_file(self, wanted: Sequence[int]) -> bytes:
        """A font whose glyph number n is the glyph ``wanted[n]`` of the whole font; those that they are made of come behind them."""
        glyphs = list(wanted)
        place = {glyph: number for number, glyph in enumerate(glyphs)}
        for glyph in glyphs:  # grows
            for _, part in self._glyph(glyph).parts:
                if part not in place:
                    place[part] = len(glyphs)
                    glyphs.append(part)
        outlines = [_renumbered(self._glyph(glyph), place) for glyph in glyphs]
        metrics = [number for glyph in glyphs for number in self._glyph(glyph).metric]
        data = b"".join([data for data, _ in outlines])
        long = len(data) > 0x1FFFE
        head = self._font.table("head")
        return _file(
            self._copied
            | {
                "cmap": _summed(pack(">12H", 0, 1, 1, 0, 0, 12, 6, 10, 0, 0, 0, 0)),  # nobody looks into it
                "glyf": (data, sum([total for _, total in outlines])),
                "head": _summed(head[:8] + bytes(4) + head[12:50] + pack(">H", long) + head[52:]),
                "hhea": self._with_number("hhea", 34, len(glyphs)),
                "hmtx": _summed(pack(f">{len(metrics)}H", *metrics)),
                "loca": _summed(_places([len(data) for data, _ in outlines], long)),
                "maxp": self._with_number("maxp", 4, len(glyphs)),
            }
        )

    def _glyph(self, glyph: int) -> _Glyph:
        found = self._glyphs.get(glyph)
        if found is None:
            data, metric = self._font.outline(glyph)
            parts = tuple(_parts(data)) if data[:1] >= b"\x80" else ()  # a negative number of contours
            found = _Glyph(*_summed(data + bytes(-len(data) % 4)), metric, parts)
            self._glyphs[glyph] = found
        return found

    def _with_number(self, tag: str, at: int, number: int) -> _Table:
        table = self._font.table(tag)
        return _summed(table[:at] + pack(">H", number) + table[at + 2 :])


def _parts(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the number of each part stands, and the number."""
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, part = unpack_from(">HH", data, at)
        yield at + 2, part
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0


def _renumbered(glyph: _Glyph, place: dict[int, int]) -> _Table:
    if not glyph.parts:
        return glyph.data, glyph.total
    data = bytearray(glyph.data)
    for at, part in glyph.parts:
        data[at : at + 2] = pack(">H", place[part])
    return _summed(bytes(data))


def _summed(data: bytes) -> _Table:
    words = data + bytes(-len(data) % 4)
    return data, sum(unpack(f">{len(words) // 4}L", words))


def _places(sizes: Sequence[int], long: bool) -> bytes:
    """Where each outline begins, and where the last ends."""
    places = [0]
    for size in sizes:
        places.append(places[-1] + size)
    return pack(f">{len(places)}L", *places) if long else pack(f">{len(places)}H", *(p // 2 for p in places))


def _file(tables: dict[str, _Table]) -> bytes:
    """The tables with their list before them."""
    count, power = len(tables), len(tables).bit_length() - 1
    listed = [pack(">LHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))]
    bodies: list[bytes] = []
    at, adjusted = 12 + 16 * count, 0
    for tag, (data, total) in sorted(tables.items()):
        listed.append(tag.encode("ascii") + pack(">LLL", total & 0xFFFFFFFF, at, len(data)))
        bodies.append(data + bytes(-len(data) % 4))
        adjusted = at + 8 if tag == "head" else adjusted
        at += len(bodies[-1])
    directory = b"".join(listed)
    total = _summed(directory)[1] + sum(total for _, total in tables.values())
    whole = bytearray(directory + b"".join(bodies))
    whole[adjusted : adjusted + 4] = pack(">L", (_WHOLE - total) & 0xFFFFFFFF)
    return bytes(whole)
