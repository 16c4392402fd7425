"""The parts of a blank, read whole under the limits of every file that comes in, and the file with a few of them replaced."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from copy import copy
from io import BytesIO
from typing import TYPE_CHECKING

from perfdesk.formats.ooxml import Package, part_name

if TYPE_CHECKING:
    from perfdesk.formats.ooxml import Element


class Part:
    """One XML part: changed in place, and written with the very declaration it came with."""

    def __init__(self, name: str, data: bytes) -> None:
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        self.name = name
        self.root: Element = etree.fromstring(data, parser)
        self._head = (
            data[: data.find(b"?>") + 2] if data.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml") else b""
        )
        self._utf8 = b"utf-16" not in self._head.lower() and not data.startswith((b"\xff\xfe", b"\xfe\xff"))

    def written(self) -> bytes:
        from lxml import etree

        tree = self.root.getroottree()
        if not self._utf8 or not self._head:
            return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)
        ascii_only = b"ascii" in self._head.lower()
        body = etree.tostring(tree, encoding="us-ascii" if ascii_only else "utf-8", xml_declaration=False)
        declared = (
            self._head
            if ascii_only or b"utf-8" in self._head.lower() or b"encoding" not in self._head
            else _UTF8
        )
        return declared + b"\n" + body


_UTF8 = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def part_of(package: Package, name: str) -> Part:
    return Part(name, package.whole(name))


def repacked(data: bytes, parts: Mapping[str, bytes], dropped: Collection[str] = ()) -> bytes:
    """The file with other content in some parts; all else – order, names, dates, ways of packing – as it was."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        new.comment = old.comment
        for info in old.infolist():
            name = part_name(info.filename)
            if name in dropped:
                continue
            content = parts[name] if name in parts else old.read(info)
            same = copy(info)
            same.flag_bits &= ~0x8  # sizes stand in front again, as the content is known
            new.writestr(same, content, info.compress_type)
    return made.getvalue()
