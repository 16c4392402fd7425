"""Letters of menu entries by action, as Chinese programs write them: ``新建填报(N)…``."""

from __future__ import annotations

NUMBERS = "123456789"
LETTERS = {
    "new": "N", "carry": "J", "compare": "M", "import-file": "O", "units": "U", "export-files": "E", "print": "P",
    "export-docx": "W", "export-xlsx": "X",
    "export-pdf": "F", "export-draft": "D", "help": "H", "keys": "K", "tour": "T", "import-last-year": "L", "preview": "V",
    "check": "C", "copy": "C", "paste": "V", "clear": "L", "fill-down": "D", "row-add": "A", "group-add": "G", "row-remove": "R",
    "row-up": "U", "row-down": "N", "level-up": "B", "level-down": "F", "library": "I", "fold-all": "Z", "unfold-all": "X",
    "take-computed": "S", "take-printed": "P", "take-all": "Q", "fill-blank": "B", "take-form": "F", "undo": "U", "redo": "R",
    "hand-in": "S", "form-packs": "G",
    "last-year": "Y", "use-last": "E",
}  # fmt: skip


def lettered(text: str, letter: str) -> str:
    """The letter stands before the dots."""
    plain = text.removesuffix("…")
    return f"{plain}(&{letter}){text[len(plain) :]}"


def is_lettered(text: str, plain: str) -> bool:
    return text != plain and text.startswith(plain.removesuffix("…") + "(&")
