"""Who writes and when: what a step of the journal says beside its changes."""

from __future__ import annotations

import getpass
import platform
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from perfdesk.store.codec import time_of, time_text


@dataclass(frozen=True, slots=True)
class Stamp:
    """``who``: ``login@host``. ``visit``: the stay in one cell in which the step is saved; empty: the step stands alone."""

    at: str
    who: str
    visit: str = ""


@dataclass(slots=True)
class Scribe:
    """Knows the clock and the person. What it writes down never runs backwards, though clocks are set back: undo goes by these times.

    ``last``: the newest time that is written down, as text; empty where nothing is.
    """

    clock: Callable[[], datetime]
    who: Callable[[], str]
    last: str = ""

    def now(self) -> str:
        """The clock's time; where the clock was set back, the next moment after ``last``."""
        text = time_text(self.clock())
        if text < self.last:
            text = time_text(time_of(self.last) + timedelta(microseconds=1))
        self.last = text
        return text

    def not_before(self, written: str) -> None:
        self.last = max(self.last, written)

    def stamp(self, visit: str = "") -> Stamp:
        return Stamp(self.now(), self.who(), visit)


def login() -> str:
    """Of the system's user, and the name of the machine; what the system does not know is left out."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no entry for the user, nothing in the environment
        name = ""
    return "@".join(part for part in (name, platform.node()) if part)
