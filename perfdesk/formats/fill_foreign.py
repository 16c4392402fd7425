"""What a blank may not hand on: macros, and what its readers' Word or Excel would fetch or start by itself when it is opened.

A hyperlink waits for a click, and another workbook beside this one or the template that it was made of is the bureau's own: these stay.
"""

from __future__ import annotations

import re

from perfdesk.errors import InputRefused
from perfdesk.formats.ooxml import OfficeKind, Package, attribute

_MACROS = re.compile(r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml|macrosheets/.+|activex/.+|customui\d*\.xml)$")
_FROM_AFAR = re.compile(r"(?:https?|ftp|mhtml|webdav):|(?:file:)?[\\/]{2,}[^\\/:]+[\\/]", re.I)
_LOCAL = re.compile(r"file:/{2,3}(?:localhost/)?[a-z]:|file:/{3}(?!/)", re.I)
_DDE = re.compile(r"\s*DDE(?:AUTO)?\s", re.I)


def refuse_foreign(package: Package, kind: OfficeKind, main: str) -> None:
    """InputRefused (``macros``, ``fetches``) with what to do."""
    name = package.budget.name
    if "macroenabled" in package.content_type(main).lower() or any(map(_MACROS.search, package.names())):
        raise InputRefused(
            "macros",
            f"空表“{name}”带有宏或控件，填出来的文件也会带着它。请用 WPS 或 Office 打开，另存为不带宏的 .docx 或 .xlsx 再选。",
        )
    found = _fetched(package) or _started(package, kind)
    if found:
        raise InputRefused(
            "fetches",
            f"空表“{name}”打开时会自动连到别处（{found[:80]}），不能用它填写。请向财政部门另要一份，或把表格复制到新文件里再选。",
            found,
        )


def _fetched(package: Package) -> str:
    """The first address elsewhere that is opened without a click; empty where there is none."""
    for part in package.names():
        if not part.endswith(".rels"):
            continue
        for kind, target in package.outside(part):
            if kind != "hyperlink" and _FROM_AFAR.match(target) and not _LOCAL.match(target):
                return target
    return ""


def _started(package: Package, kind: OfficeKind) -> str:
    """The first other program that data are asked of (DDE); empty where there is none."""
    if kind == "xlsx":
        links = (part for part in package.names() if "/externallinks/" in part and part.endswith(".xml"))
        found = (e for part in links for _, e in package.events(part, "x:ddeLink", "x:oleLink"))
        return next((e.get("ddeService") or e.get("progId") or "DDE" for e in found), "")
    texts = [part for part in package.names() if part.startswith("word/") and part.endswith(".xml")]
    for element in (e for part in texts for _, e in package.events(part, "w:instrText", "w:fldSimple")):
        code = element.text or attribute(element, "w:instr") or ""
        if _DDE.match(code):
            return code.strip()
    return ""
