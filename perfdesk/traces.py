"""What a programming mistake leaves for those who mend it: the places in the program, never the words of anybody's form.

A traceback ends with the error's own sentence, and that quotes what was typed (``invalid literal for int(): '12,3x'``); so of an error
only its type is kept, and of every frame its file, line and function.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import PurePath
from types import TracebackType

DEEPEST = 40
"""Frames of one error; of more the innermost."""


def trace(error: BaseException) -> str:
    """One line a frame, outermost first, then the type; an error that led to it comes before."""
    return "\n".join(line for one in reversed(list(_chain(error))) for line in _lines(one))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _lines(error: BaseException) -> Iterator[str]:
    yield from _frames(error.__traceback__)
    code = getattr(error, "code", None)
    # The code of an error of ours is a word of the program.
    yield f"{type(error).__module__}.{type(error).__qualname__}" + (
        f" ({code})" if isinstance(code, str) else ""
    )


def _frames(tb: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(tb)[-DEEPEST:]:
        yield f"  {short(frame.filename)}:{frame.lineno} {frame.name}"


def short(file: str) -> str:
    """From the package on: where the program is installed names the user in many cases."""
    parts = PurePath(file).parts
    for package in ("perfdesk", "ui", "site-packages"):
        if package in parts:
            at = len(parts) - 1 - parts[::-1].index(package)
            return "/".join(parts[at + (package == "site-packages") :])
    return parts[-1] if parts else ""
