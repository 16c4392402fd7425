"""What the store tells about what it holds: plain values, made fresh for every question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from perfdesk.model.change import Change


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """A unit with at least one filing. ``name`` is empty where no filing says whose it is; ``code`` is empty where unknown."""

    id: int
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class FilingInfo:
    """One line of the list. ``form`` is the id of the edition; ``steps`` counts the steps that are done (not the undone)."""

    id: int
    unit_name: str
    year: int | None
    form: str
    title: str
    changed_at: datetime
    steps: int


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step. ``undone``: taken back. ``replaced``: taken back and then overtaken by a new step; kept to be read, never redone."""

    number: int
    label: str
    at: datetime
    undone: bool
    changes: tuple[Change, ...]
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A backup that the store made. ``size`` in bytes; ``reason`` is one of ``daily``, ``timer``, ``import``, ``migrate``,
    ``restore``, ``asked``."""

    path: Path
    at: datetime
    size: int
    reason: str
