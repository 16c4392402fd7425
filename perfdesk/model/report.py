"""What makes a form a report of a self-evaluation: its chapters, the rates and the scheme that its numbers are computed by, and the words
that its checks go by."""

from __future__ import annotations

from dataclasses import dataclass

from perfdesk.model.chapter import Chapter
from perfdesk.model.rates import Rates
from perfdesk.model.scheme import Scheme


@dataclass(frozen=True, slots=True)
class ReportWords:
    """``offices``: short names of offices; ``own_work``: words that in a report are said only of the unit itself; ``done``: words that
    call a task finished or exceeded; ``this_year``: words that are said only of the year of the report; ``empty``: words that say nothing
    of what a task is about; ``parts``: words before a number of which it is not the whole department's."""

    offices: tuple[str, ...] = ()
    own_work: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    this_year: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """``scheme``: by which a report without its self-evaluation is scored again."""

    chapters: tuple[Chapter, ...]
    rates: Rates
    scheme: Scheme
    words: ReportWords = ReportWords()
