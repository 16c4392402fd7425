"""A heading of a document of running text and what stands below it: a text with bound numbers, tables, pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Insert = Literal["target-form", "score-table", "level-bars", "years-line", "quarter-bars"]
"""What a report puts below a chapter's text: the year's target form, the table of scores, pictures."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One heading of the whole document and what stands below it: the text of a cell (``explanation/duties``) and tables. A heading of
    ``level`` 0 is a name only and is not printed. ``starter``: the text a new filing begins with; what stands in ``{{ }}`` is bound to the
    data (``perfdesk.bound``). ``phrases``: words behind which a number means that bound value, whoever wrote the text. ``aliases``: other
    spellings of the heading. ``targets``: in the set of a year the targets of the department and its projects stand here."""

    heading: str
    level: int = 1
    text: str = ""
    tables: tuple[str, ...] = ()
    starter: str = ""
    phrases: tuple[tuple[str, str], ...] = ()
    targets: bool = False
    aliases: tuple[str, ...] = ()
    inserts: tuple[Insert, ...] = ()
