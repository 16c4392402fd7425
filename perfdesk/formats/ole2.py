"""The old compound file of Office: a file system in a file. Only what is needed to get one stream out; nothing in it is believed."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from perfdesk.formats.budget import Budget
from perfdesk.formats.ooxml import broken

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
"""Sector numbers from here on mean something else than a sector."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    start: int
    size: int


class Compound:
    """``data`` is the whole file. InputRefused (``broken``) where its chains lead nowhere."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self._data = data
        self._budget = budget
        if len(data) < 512 or not data.startswith(MAGIC):
            raise broken(budget.name, "no compound file")
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise broken(budget.name, f"sectors of 2^{shift}")
        self._sector = 1 << shift
        self._table = self._allocation()
        directory, self._cutoff, small = struct.unpack_from("<I4xII", data, 48)
        entries = list(self._entries(self._chain(directory)))
        self._streams = {e.name: e for e in reversed(entries)}
        self._small_table = _numbers(self._chain(small)) if small < _END else ()
        root = entries[0] if entries else _Entry("", _END, 0)
        self._small = self._chain(root.start)[: root.size] if root.start < _END else b""

    def __contains__(self, name: str) -> bool:
        return name in self._streams

    def stream(self, name: str) -> bytes:
        entry = self._streams[name]
        if entry.size >= self._cutoff:
            return self._chain(entry.start)[: entry.size]
        pieces: list[bytes] = []
        for at in self._walk(entry.start, self._small_table):
            pieces.append(self._small[at * 64 : at * 64 + 64])
        return b"".join(pieces)[: entry.size]

    def _allocation(self) -> tuple[int, ...]:
        """For each sector the one that follows it."""
        data = self._data
        sectors = list(struct.unpack_from("<109I", data, 76))
        more, count = struct.unpack_from("<II", data, 68)
        for _ in range(min(count, len(data) // self._sector)):
            if more >= _END:
                break
            numbers = _numbers(self._at(more))
            sectors += numbers[:-1]
            more = numbers[-1] if numbers else _END
        return tuple(n for s in sectors if s < _END for n in _numbers(self._at(s)))

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    def _chain(self, start: int) -> bytes:
        found = b"".join(self._at(s) for s in self._walk(start, self._table))
        self._budget.part(0, len(found))
        return found

    def _walk(self, start: int, table: tuple[int, ...]) -> Iterator[int]:
        """The numbers of a chain; one that comes back to itself is broken."""
        at, steps = start, 0
        while at < _END:
            if at >= len(table) or steps > len(table):
                raise broken(self._budget.name, f"chain at {at}")
            yield at
            at, steps = table[at], steps + 1

    def _entries(self, directory: bytes) -> Iterator[_Entry]:
        for at in range(0, len(directory) - 127, 128):
            length = struct.unpack_from("<H", directory, at + 64)[0]
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if name:
                yield _Entry(name, start, size)


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
