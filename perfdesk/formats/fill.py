"""The bureau's own blank, looked at and filled in the reading process; this one never parses a file.

blank = open_blank(path)                      # what room it has (perfdesk.filling says what goes where)
fill(path, edits, target)
"""

from __future__ import annotations

import base64
import os
from pathlib import Path

from perfdesk.errors import ExportRefused, InputRefused
from perfdesk.filling.blank import Blank, Edits, blank_from_json, edits_json
from perfdesk.formats.atomic import write_atomically
from perfdesk.formats.read import ask


def open_blank(path: Path) -> Blank:
    """InputRefused where it is no Word or Excel file, or none that can be read."""
    try:
        return blank_from_json(ask({"mark": True, "path": str(path)}, path.name)["blank"])
    except (KeyError, TypeError, ValueError) as error:
        raise InputRefused(
            "reader-stopped", f"空表“{path.name}”没有读出来，请另存后再试。", repr(error)
        ) from error


def fill(path: Path, edits: Edits, target: Path) -> int:
    """``path`` with these values as ``target``, whole or not at all: how many cells wrap now that did not. InputRefused as
    ``open_blank``, ExportRefused as the disk says, and where ``target`` is the blank itself."""
    if target.exists() and os.path.samefile(path, target):
        raise ExportRefused("is-blank", f"“{target.name}”就是空表本身。请换一个文件名，留着空表。")
    answer = ask({"fill": edits_json(edits), "path": str(path)}, path.name)
    write_atomically(target, base64.b64decode(answer["file"]))
    return int(answer["wrapped"])
