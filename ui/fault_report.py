"""The fault report: a text that a person reads, keeps as a file and sends himself. Versions, the last deeds, mistakes of the program."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

from ui.messages import faults as words

if TYPE_CHECKING:
    from perfdesk.errors import UserError

LIBRARIES = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "XlsxWriter",
    "lxml",
    "openpyxl",
    "pypdfium2",
    "python-docx",
    "reportlab",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """``store``: version, number of filings, size of the file in bytes, number of backups; None: not open. ``trouble``: why it is not,
    or why nothing can be saved. ``screen``: size and scale."""

    version: str
    store: tuple[int, int, int, int] | None
    trouble: UserError | None
    screen: str
    deeds: Sequence[str]
    faults: Sequence[str]


def report(facts: Facts) -> str:
    """In lines; names no folder, unit, file or form."""
    trouble = f"{facts.trouble.code}" if facts.trouble else words.REPORT_NONE
    store = words.report_store(*facts.store) if facts.store else words.REPORT_NO_STORE
    parts = [
        (words.REPORT_PROGRAM, [facts.version, *(_version(name) for name in LIBRARIES)]),
        (
            words.REPORT_COMPUTER,
            [f"{platform.system()} {platform.release()} {platform.machine()}", _python(), facts.screen],
        ),
        (words.REPORT_DATA, [store]),
        (words.REPORT_TROUBLE, [trouble]),
        (words.REPORT_FAULTS, facts.faults or [words.REPORT_NONE]),
        (words.REPORT_DEEDS, facts.deeds or [words.REPORT_NONE]),
    ]
    return "\n".join([words.REPORT_HEAD, *_text(parts)])


def _text(parts: Iterable[tuple[str, Sequence[str]]]) -> Iterable[str]:
    for head, lines in parts:
        yield ""
        yield f"【{head}】"
        yield from lines


def _python() -> str:
    kind = "frozen" if getattr(sys, "frozen", False) else "source"
    return f"Python {platform.python_version()} ({kind})"


def _version(name: str) -> str:
    try:
        return f"{name} {metadata.version(name)}"
    except metadata.PackageNotFoundError:
        return f"{name} ?"
