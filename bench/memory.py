"""What the processes of the start measure with: their memory, and an end where something fails."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from types import TracebackType


def kilobytes() -> int:
    """Resident memory of this process (Linux; 0 elsewhere)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    line = next(x for x in status.read_text(encoding="ascii").splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1])


def fail_at_once(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An exception in a slot would otherwise leave the window open for ever."""
    traceback.print_exception(kind, error, trace)
    os._exit(1)
