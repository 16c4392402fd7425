"""Old Excel workbooks, record by record (BIFF8 in a compound file)."""

from __future__ import annotations

import struct
from collections.abc import Sequence

BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def string(text: str, width: str = "<H") -> bytes:
    return struct.pack(width, len(text)) + b"\1" + text.encode("utf-16-le")


def texts(shared: Sequence[str], size: int = 8224) -> bytes:
    """The table of all texts, run over as many records as ``size`` bytes of each need; a text that goes on says its width anew."""
    pieces = [struct.pack("<II", len(shared), len(shared))]
    for text in shared:
        if len(pieces[-1]) + 3 > size:
            pieces.append(b"")
        pieces[-1] += struct.pack("<HB", len(text), 1)
        for char in text:
            if len(pieces[-1]) + 2 > size:
                pieces.append(b"\1")
            pieces[-1] += char.encode("utf-16-le")
    return record(0xFC, pieces[0]) + b"".join(record(CONTINUE, p) for p in pieces[1:])


def text_cell(row: int, column: int, number: int) -> bytes:
    return record(0xFD, struct.pack("<HHHI", row, column, 0, number))


def number_cell(row: int, column: int, style: int, value: float) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def workbook(
    cells: bytes,
    shared: Sequence[str] = (),
    formats: Sequence[str] = (),
    *,
    head: bytes = b"",
    size: int = 8224,
) -> bytes:
    """One sheet ``表``. Style 0 is plain, style n has the nth of ``formats``."""
    bof = record(BOF, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    head += b"".join(record(0x41E, struct.pack("<H", 164 + n) + string(f)) for n, f in enumerate(formats))
    numbers = [0, *(164 + n for n in range(len(formats)))]
    head += b"".join(record(0xE0, struct.pack("<HH", 0, n) + bytes(16)) for n in numbers)
    name = b"\1\1" + "表".encode("utf-16-le")
    start = len(bof) + len(head) + 4 + 6 + len(name) + len(texts(shared, size)) + 4
    bound = record(0x85, struct.pack("<IH", start, 0) + name)
    return compound(
        bof + head + bound + texts(shared, size) + record(EOF, b"") + bof + cells + record(EOF, b"")
    )


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file of one large stream."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // 512)
    tables = -(-(count + 1 + 128) // 128)
    links = [*range(1, count), 0xFFFFFFFE, 0xFFFFFFFE, *[0xFFFFFFFD] * tables]
    links += [0xFFFFFFFF] * (tables * 128 - len(links))
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", head, 44, tables, count, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into(f"<{tables}I", head, 76, *range(count + 1, count + 1 + tables))
    struct.pack_into(f"<{109 - tables}I", head, 76 + 4 * tables, *[0xFFFFFFFF] * (109 - tables))
    entries = [_entry("Root Entry", 0xFFFFFFFE, 0, 5), _entry(name, 0, len(stream), 2), bytes(256)]
    return (
        bytes(head)
        + stream.ljust(count * 512, b"\0")
        + b"".join(entries)
        + struct.pack(f"<{len(links)}I", *links)
    )


def _entry(name: str, start: int, size: int, kind: int) -> bytes:
    raw = name.encode("utf-16-le")
    entry = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1) + bytes(48)
    return entry + struct.pack("<II", start, size) + bytes(4)
