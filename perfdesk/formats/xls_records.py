"""The records of an old Excel workbook (BIFF8), and the texts in them: those of all cells stand together and run over records."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple


class Kind(IntEnum):
    """Records that matter here, by their numbers in the file."""

    BOF = 0x809
    EOF = 0xA
    FILEPASS = 0x2F
    DATE_MODE = 0x22
    FORMAT = 0x41E
    XF = 0xE0
    SST = 0xFC
    BOUNDSHEET = 0x85
    LABEL_SST = 0xFD
    LABEL = 0x204
    RICH = 0xD6
    NUMBER = 0x203
    RK = 0x27E
    MANY_RK = 0xBD
    FORMULA = 0x6
    STRING = 0x207
    BOOL = 0x205
    BLANK = 0x201
    MANY_BLANK = 0xBE
    MERGES = 0xE5
    ROW = 0x208
    COLUMN = 0x7D
    NOTE = 0x1C
    CONTINUE = 0x3C


class Record(NamedTuple):
    """``pieces``: its data, and that of the records that continue it."""

    kind: int
    pieces: list[bytes]

    @property
    def data(self) -> bytes:
        return self.pieces[0]


def records(stream: bytes, start: int = 0) -> Iterator[Record]:
    """From ``start`` to the end of the stream, continued ones as one."""
    at = start
    last: Record | None = None
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + size]
        at += 4 + size
        if kind == Kind.CONTINUE and last is not None:
            last.pieces.append(data)
            continue
        if last is not None:
            yield last
        last = Record(kind, [data])
    if last is not None:
        yield last


@dataclass(slots=True)
class Texts:
    """Reads texts one after the other from the pieces of a record. ValueError where they end too early."""

    pieces: list[bytes]
    at: int = 0
    _piece: int = field(default=0)

    def next(self, length: int | None = None) -> str:
        """A text with its count of characters before it (or ``length`` characters), runs of faces and reading aids left out."""
        count = self._number(2) if length is None else length
        flags = self._number(1)
        runs = self._number(2) if flags & 8 else 0
        more = self._number(4) if flags & 4 else 0
        text = self._characters(count, bool(flags & 1))
        self.skip(runs * 4 + more)
        return text

    def skip(self, size: int) -> None:
        while size > 0:
            self._turn()
            step = min(size, len(self.pieces[self._piece]) - self.at)
            self.at += step
            size -= step

    def _characters(self, count: int, wide: bool) -> str:
        """A piece that goes on within a text says anew whether its characters take two bytes."""
        found: list[str] = []
        while count > 0:
            if self.at >= len(self.pieces[self._piece]):
                self._turn()
                wide = bool(self._number(1) & 1)
            width = 2 if wide else 1
            room = (len(self.pieces[self._piece]) - self.at) // width
            if room < 1:
                raise ValueError("half a character")
            step = min(count, room)
            raw = self.pieces[self._piece][self.at : self.at + step * width]
            found.append(raw.decode("utf-16-le" if wide else "latin-1", "replace"))
            self.at += step * width
            count -= step
        return "".join(found)

    def _turn(self) -> None:
        """To the next piece, where this one is used up."""
        while self.at >= len(self.pieces[self._piece]):
            if self._piece + 1 >= len(self.pieces):
                raise ValueError("text cut off")
            self._piece, self.at = self._piece + 1, 0

    def _number(self, size: int) -> int:
        self._turn()
        raw = self.pieces[self._piece][self.at : self.at + size]
        if len(raw) < size:
            raise ValueError("number cut off")
        self.at += size
        return int.from_bytes(raw, "little")


def packed_number(packed: int) -> float:
    """An RK number: 30 bits of a whole number or of a double, perhaps in hundredths."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return value / 100 if packed & 1 else value
