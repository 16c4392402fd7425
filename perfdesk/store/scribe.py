"""Who writes and when: what a step of the journal says beside its changes."""

from __future__ import annotations

import getpass
import platform
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from perfdesk.store.codec import time_text


@dataclass(frozen=True, slots=True)
class Stamp:
    """``who``: ``login@host``. ``visit``: the stay in one cell in which the step is saved; empty: the step stands alone."""

    at: str
    who: str
    visit: str = ""


@dataclass(frozen=True, slots=True)
class Scribe:
    """Knows the clock and the person."""

    clock: Callable[[], datetime]
    who: Callable[[], str]

    def now(self) -> str:
        return time_text(self.clock())

    def stamp(self, visit: str = "") -> Stamp:
        return Stamp(self.now(), self.who(), visit)


def login() -> str:
    """Of the system's user, and the name of the machine; what the system does not know is left out."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no entry for the user, nothing in the environment
        name = ""
    return "@".join(part for part in (name, platform.node()) if part)
