"""Files damaged in one of many ways: their bytes, the parts of a package, the marks and numbers of its XML, the objects of a PDF, the
records of an old workbook, the values of a JSON."""

from __future__ import annotations

import io
import json
import random
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from tests.formats.xls_made import compound
from tests.packages.made import parts_in, relisted, zipped

Mutator = Callable[[bytes, random.Random], bytes]

NUMBERS = (
    *b"0 -1 1 2 3 63 501 20001 65536 16384 1048576 2147483647 2147483648 -2147483648 4294967296".split(),
    *("1e308 NaN 0x10 1.5 -0 １２ ² " + "9" * 30).encode().split(),
    b"",
)
WORDS = (
    *b"A0 XFD1048576 A1:XFD1048576 B2:A1 ZZZZ99 restart continue none true".split(),
    *b"../../x.xml / http://example.invalid/x &amp; _x0000_ _xD800_ \xed\xa0\x80".split(),
    *(b"", b"x" * 70_000, "税".encode() * 400),
)


def mutated(data: bytes, ending: str, chance: random.Random) -> tuple[str, bytes]:
    """(what was done, the damaged bytes): one to three damages, more often one."""
    done: list[str] = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        mutator = chance.choice((*BYTES, *OWN.get(ending, ()), *OWN.get(ending, ())))
        done.append(mutator.__name__)
        try:
            data = mutator(data, chance)
        except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, EOFError, RuntimeError,
                NotImplementedError, KeyError, IndexError, OSError, RecursionError):  # fmt: skip
            continue  # an earlier damage left nothing that this one could be done to
    return "+".join(done), data


# --- bytes ---------------------------------------------------------------------------------------------------------------


def _span(data: bytes, chance: random.Random, longest: int = 2000) -> tuple[int, int]:
    start = chance.randrange(max(1, len(data)))
    return start, min(len(data), start + chance.randint(1, longest))


def bytes_flipped(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 8) if made else 0):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def head_lost(data: bytes, chance: random.Random) -> bytes:
    return data[chance.randint(1, 200) :]


def chunk_lost(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def chunk_twice(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:]


def chunks_swapped(data: bytes, chance: random.Random) -> bytes:
    a, b, c, d = sorted(chance.randrange(len(data) + 1) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def chunk_blank(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + chance.choice((b"\0", b"\xff", b" ")) * (end - start) + data[end:]


def tail_added(data: bytes, chance: random.Random) -> bytes:
    return data + chance.choice((chance.randbytes(chance.randint(1, 70_000)), data[-500:], data))


def integer_changed(data: bytes, chance: random.Random) -> bytes:
    """Two or four bytes become a number at a border: sizes, offsets, counts."""
    size = chance.choice((2, 4))
    at = chance.randrange(max(1, len(data) - size))
    value = chance.choice((0, 1, -1, 0x7F, 0x80, 0x7FFF, 0x7FFFFFFF, len(data), len(data) - at))
    return data[:at] + (value & ((1 << 8 * size) - 1)).to_bytes(size, "little") + data[at + size :]


BYTES = (bytes_flipped, cut, head_lost, chunk_lost, chunk_twice, chunks_swapped, chunk_blank, tail_added, integer_changed)  # fmt: skip


# --- packages --------------------------------------------------------------------------------------------------------------

Members = list[tuple[str, bytes]]


def _members(data: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def _zipped(members: Members, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", packing) as archive:
        warnings.simplefilter("ignore")  # two members of one name are what is wanted
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, packing)
    return out.getvalue()


def _in_part(data: bytes, chance: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    """One part changed; more often one of the large ones."""
    members = _members(data)
    at = chance.choices(range(len(members)), [1 + len(content) ** 0.5 for _, content in members])[0]
    members[at] = (members[at][0], change(members[at][1]))
    return _zipped(members, chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


_NUMBER = re.compile(rb'="(-?\d+)"|>(-?\d+(?:\.\d+)?)<')
_VALUE = re.compile(rb'="([^"]*)"')
_SPAN = re.compile(rb'(?:gridSpan|vMerge|gridBefore|gridAfter) w:val="([^"]*)"|ref="([^"]*)"|(?<= r)="([^"]*)"|<v>([^<]*)<')  # fmt: skip
_TEXT = re.compile(rb">([^<>]+)<")
_ELEMENT = re.compile(rb"<([\w:]+)(?: [^<>]*)?>[^<>]*</\1>|<[\w:]+(?: [^<>]*)?/>")


def _one_replaced(pattern: re.Pattern[bytes], text: bytes, new: bytes, chance: random.Random) -> bytes:
    """The group of one match becomes ``new``."""
    found = list(pattern.finditer(text))
    if not found:
        return text
    match = chance.choice(found)
    group = next((g for g in range(1, (match.lastindex or 0) + 1) if match[g] is not None), 0)
    return text[: match.start(group)] + new + text[match.end(group) :]


def number_changed(data: bytes, chance: random.Random) -> bytes:
    return _in_part(data, chance, lambda xml: _one_replaced(_NUMBER, xml, chance.choice(NUMBERS), chance))


def span_changed(data: bytes, chance: random.Random) -> bytes:
    new = chance.choice((*NUMBERS, *WORDS[:9]))
    return _in_part(data, chance, lambda xml: _one_replaced(_SPAN, xml, new, chance))


def value_changed(data: bytes, chance: random.Random) -> bytes:
    return _in_part(data, chance, lambda xml: _one_replaced(_VALUE, xml, chance.choice(WORDS), chance))


def text_changed(data: bytes, chance: random.Random) -> bytes:
    return _in_part(
        data, chance, lambda xml: _one_replaced(_TEXT, xml, chance.choice(WORDS + NUMBERS), chance)
    )


def element_moved(data: bytes, chance: random.Random) -> bytes:
    """A small element goes to where another stands, often many times."""

    def moved(xml: bytes) -> bytes:
        found = list(_ELEMENT.finditer(xml))
        if len(found) < 2:
            return xml
        one, other = chance.choice(found), chance.choice(found)
        times = chance.choice((0, 1, 1, 2, 300))
        return xml[: other.start()] + one[0] * times + xml[other.end() :]

    return _in_part(data, chance, moved)


def nested(data: bytes, chance: random.Random) -> bytes:
    """A stretch of the XML stands inside itself."""

    def inside(xml: bytes) -> bytes:
        marks = [m.start() for m in re.finditer(rb"<", xml)]
        if len(marks) < 4:
            return xml
        a, b = sorted(chance.sample(marks, 2))
        return xml[:b] + xml[a:b][:3000] * chance.choice((1, 2, 40)) + xml[b:]

    return _in_part(data, chance, inside)


def declared(data: bytes, chance: random.Random) -> bytes:
    """Another declaration or a DOCTYPE in front."""
    head = chance.choice((b'<?xml version="1.0" encoding="utf-16"?>', b'<?xml version="1.1"?>', b"<?xml?>", b"\xff\xfe",
                          b'<!DOCTYPE w [<!ENTITY a "x">]>', b'<!DOCTYPE w SYSTEM "http://example.invalid/x">', b"<!-- -->"))  # fmt: skip
    return _in_part(data, chance, lambda xml: head + re.sub(rb"^<\?xml[^>]*\?>", b"", xml))


def part_damaged(data: bytes, chance: random.Random) -> bytes:
    return _in_part(data, chance, lambda xml: chance.choice(BYTES)(xml, chance))


def members_shuffled(data: bytes, chance: random.Random) -> bytes:
    """A member twice, gone, under another name, with another's content – or a foreign one."""
    members = _members(data)
    at, other = chance.randrange(len(members)), chance.randrange(len(members))
    name, content = members[at]
    match chance.randrange(6):
        case 0:
            members.insert(other, (name, members[other][1]))
        case 1:
            del members[at]
        case 2:
            members[at] = (chance.choice(("../" + name, name.upper(), "/" + name, name + "/", "x\0y", "名" * 200)), content)  # fmt: skip
        case 3:
            members[at], members[other] = (name, members[other][1]), (members[other][0], content)
        case 4:
            members[at] = (name, b"")
        case _:
            members.append((chance.choice(("OFD.xml", "mimetype", "xl/workbook.bin", "ppt/presentation.xml",
                                           "word/vbaProject.bin", "xl/workbook.xml", "word/document.xml")), content))  # fmt: skip
    return _zipped(members)


def header_changed(data: bytes, chance: random.Random) -> bytes:
    """A field of a local header, of the directory or of its end."""
    made = bytearray(data)
    magic, size = chance.choice(((b"PK\x03\x04", 30), (b"PK\x01\x02", 46), (b"PK\x05\x06", 22)))
    starts = [m.start() for m in re.finditer(re.escape(magic), data)]
    if not starts:
        return data
    at = chance.choice(starts) + 4 + 2 * chance.randrange((size - 4) // 2)
    value = chance.choice((0, 1, 8, 9, 12, 14, 99, 0x7FFF, 0xFFFF, chance.randrange(65536)))
    struct.pack_into("<H", made, min(at, len(made) - 2), value)
    return bytes(made)


PACKAGE = (number_changed, span_changed, value_changed, text_changed, element_moved, nested, declared, part_damaged,
           members_shuffled, header_changed)  # fmt: skip


# --- PDF -------------------------------------------------------------------------------------------------------------------

_REFERENCE = re.compile(rb"(\d+) 0 R")
_PDF_NUMBER = re.compile(rb"(?<=[ \[/A-Za-z])(-?\d+(?:\.\d+)?)(?=[ \]/>\n\r])")
_OBJECT = re.compile(rb"\d+ 0 obj.*?endobj", re.S)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_NAME = re.compile(rb"(/[A-Z][A-Za-z]+)")


def reference_changed(data: bytes, chance: random.Random) -> bytes:
    """An object that leads to another, perhaps to one above it."""
    return _one_replaced(_REFERENCE, data, b"%d" % chance.randint(0, 40), chance)


def pdf_number_changed(data: bytes, chance: random.Random) -> bytes:
    return _one_replaced(_PDF_NUMBER, data, chance.choice(NUMBERS), chance)


def name_changed(data: bytes, chance: random.Random) -> bytes:
    names = _NAME.findall(data) or [b"/X"]
    return _one_replaced(_NAME, data, chance.choice(names), chance)


def objects_swapped(data: bytes, chance: random.Random) -> bytes:
    found = list(_OBJECT.finditer(data))
    if len(found) < 2:
        return data
    one, other = chance.choice(found), chance.choice(found)
    return data[: one.start()] + other[0] + data[one.end() :]


def drawing_changed(data: bytes, chance: random.Random) -> bytes:
    """Inside a packed stream: numbers and operators of what is drawn, of a font, of a map of characters."""
    found = [m for m in _STREAM.finditer(data) if m[1][:1] == b"\x78"]
    if not found:
        return data
    match = chance.choice(found)
    plain = zlib.decompressobj().decompress(match[1], 4 << 20)
    match chance.randrange(4):
        case 0:
            plain = chance.choice(BYTES)(plain, chance)
        case 1:
            plain = _one_replaced(re.compile(rb"(-?\d+(?:\.\d+)?)"), plain, chance.choice(NUMBERS), chance)
        case 2:
            plain = _one_replaced(re.compile(rb"[ \n]([A-Za-z]{1,2}\*?)[ \n]"), plain, chance.choice(
                (b"q", b"Q", b"BT", b"ET", b"Tj", b"re", b"l", b"m", b"c", b"Do", b"cm", b"Tf", b"BI", b"EI", b"sh")), chance)  # fmt: skip
        case _:
            start, end = _span(plain, chance, 300)
            plain = plain[:start] + plain[start:end] * chance.choice((2, 100, 5000)) + plain[end:]
    return data[: match.start(1)] + zlib.compress(plain) + data[match.end(1) :]


PDF = (reference_changed, pdf_number_changed, name_changed, objects_swapped, drawing_changed, drawing_changed)


# --- old Excel, text, JSON -------------------------------------------------------------------------------------------------


def records_changed(data: bytes, chance: random.Random) -> bytes:
    """A record of another kind or size, twice, gone, elsewhere, with other bytes; the compound file around it is made anew."""
    stream = data[512 : data.rindex(b"R\0o\0o\0t\0")] if b"R\0o\0o\0t\0" in data else data
    records: list[tuple[int, bytes]] = []
    at = 0
    while at + 4 <= len(stream) and (head := struct.unpack_from("<HH", stream, at)) != (0, 0):
        records.append((head[0], stream[at + 4 : at + 4 + head[1]]))
        at += 4 + head[1]
    if not records:
        return data
    one, other = chance.randrange(len(records)), chance.randrange(len(records))
    kind, content = records[one]
    match chance.randrange(6):
        case 0:
            records[one] = (
                chance.choice([k for k, _ in records] + [0x2F, 0x3C, 0xBD, 0xE5, 0x6, 0x207]),
                content,
            )
        case 1:
            records.insert(other, (kind, content))
        case 2:
            del records[one]
        case 3:
            records[one], records[other] = records[other], records[one]
        case _:
            records[one] = (kind, chance.choice(BYTES)(content, chance)[:8224])
    return compound(b"".join(struct.pack("<HH", k, len(c)) + c for k, c in records))


def lines_shuffled(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    sign = chance.choice(
        (b"\t", b",", b'"', b"\0", b"\r", b"\x0b", b"\xff", b"\xe2\x80\xa8", b"\t" * 600, b"=1+1")
    )
    lines[one] = chance.choice(
        (lines[other], lines[one] + sign + lines[other], sign + lines[one], lines[one] * 50)
    )
    return b"\n".join(lines)


def json_changed(data: bytes, chance: random.Random) -> bytes:
    """One value becomes another kind of value, one key another key."""
    whole = json.loads(data)
    places: list[tuple[Any, Any]] = []

    def walk(node: Any) -> None:
        for key, value in (
            node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        ):
            places.append((node, key))
            walk(value)

    walk(whole)
    if not places:
        return data
    node, key = chance.choice(places)
    holder, name = chance.choice(places)
    other = holder[name]
    match chance.randrange(4):
        case 0 if isinstance(node, dict):
            node[str(name)] = node.pop(key)
        case 1:
            del node[key]
        case 2:
            node[key] = json.loads(json.dumps(other))
        case _:
            node[key] = chance.choice((None, True, 0, -1, 10**400, 1e308, float("nan"), "", [], {}, [[]], {"": {}}, "\ud800", "\0",
                                       "=1+1", "税" * 40_000, [0] * 3000, {"text": 1}, {"text": None, "op": 3}))  # fmt: skip
    return json.dumps(whole).encode()


def forged(data: bytes, chance: random.Random) -> bytes:
    """A file of a package says something else, or is broken, and the list of digests fits again."""
    parts = parts_in(data)
    name = chance.choice([n for n in parts if n != "manifest.json"])
    content = chance.choice((json_changed, json_changed, *BYTES))(parts[name], chance)
    return relisted(parts | {name: content})


def manifest_changed(data: bytes, chance: random.Random) -> bytes:
    parts = parts_in(data)
    return zipped(parts | {"manifest.json": json_changed(parts["manifest.json"], chance)})


OWN: dict[str, tuple[Mutator, ...]] = {
    "docx": PACKAGE,
    "xlsx": PACKAGE,
    "zip": (*PACKAGE, *(forged, manifest_changed) * 5),
    "pdf": PDF,
    "xls": (records_changed,),
    "csv": (lines_shuffled,),
    "txt": (lines_shuffled,),
    "json": (json_changed, json_changed),
}
