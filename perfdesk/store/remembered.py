"""Answers of the database that are asked for many times between two changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import Connection

from perfdesk.store.seam import Data

T = TypeVar("T")


class Remembered:
    """Forgets everything as soon as anybody has written, another process too. Not safe for threads by itself."""

    def __init__(self, database: Data) -> None:
        self._database = database
        self._state = (0, 0)
        self._answers: dict[Hashable, Any] = {}

    def answer(self, question: Hashable, ask: Callable[[Connection], T]) -> T:
        """``ask`` is called where the answer is not known; it has to be a value that nobody changes."""
        if (state := self._database.state()) != self._state:
            self._answers.clear()
            self._state = state
        if question not in self._answers:
            with self._database.read() as conn:
                self._answers[question] = ask(conn)
        return self._answers[question]
