"""What one kind's recogniser takes from the stream of lines of a file, and what it leaves to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from perfdesk.model.filing import Filing
from perfdesk.model.finding import Repair
from perfdesk.model.form import Form
from perfdesk.recognise.lines import Line


@dataclass(frozen=True, slots=True)
class RecognisedFiling:
    """One form found in a file. ``where``: where it begins in the file, for people."""

    filing: Filing
    repairs: tuple[Repair, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Claim:
    """``rest``: the lines that it did not take, in their order, the very same objects; ``leftovers``: texts in the lines it took that
    found no place in a filing. Every text of the lines is in a filing, in ``rest``, in ``leftovers``, or is a label."""

    filings: tuple[RecognisedFiling, ...]
    rest: tuple[Line, ...]
    leftovers: tuple[str, ...] = ()


Recogniser = Callable[[Sequence[Line], Sequence[Form], Callable[[], str]], Claim]
"""Lines of a file × all forms of the program × a maker of row ids → what is taken. Never raises for content."""
