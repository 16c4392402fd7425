"""``python arm_lock.py LOCK PINS``: the lock file with the pins of another in place of its own for the same packages."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_PIN = re.compile(r"^([\w.-]+)==")


def blocks(text: str) -> dict[str, str]:
    """Package → its line with the hashes below it."""
    found: dict[str, str] = {}
    name = ""
    for line in text.splitlines(keepends=True):
        if match := _PIN.match(line):
            name = match[1]
        found[name] = found.get(name, "") + line
    return found


def replaced(lock: str, pins: str) -> str:
    ours = blocks(lock)
    return "".join((ours | {name: block for name, block in blocks(pins).items() if name in ours}).values())


if __name__ == "__main__":
    sys.stdout.write(replaced(*(Path(file).read_text(encoding="utf-8") for file in sys.argv[1:3])))
