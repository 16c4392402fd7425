"""What the store tells about what it holds: plain values, made fresh for every question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfdesk.model.change import Change
    from perfdesk.model.sent_back import Decision


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """``name`` is empty where no filing says whose it is; ``code`` is empty where unknown."""

    id: int
    name: str
    code: str
    archived: bool = False


@dataclass(frozen=True, slots=True)
class FilingInfo:
    """One line of the list. ``form`` is the id of the edition; ``steps`` counts the steps that are done (not the undone);
    ``archived``: cannot be changed until it is taken out of the archive; ``origin``: the label of the step it came with;
    ``name``: of the project that it is about, empty where it is about none; ``sealed``: since when it is handed in and closed (None: it is
    not); ``remarks``: how many of the bureau's wait, those on everything of the year among them (None: it made none); ``decision``: the
    bureau's, on the package that it is closed with."""

    id: int
    unit_name: str
    year: int | None
    form: str
    title: str
    changed_at: datetime
    steps: int
    archived: bool = False
    origin: str = ""
    name: str = ""
    sealed: datetime | None = None
    remarks: int | None = None
    decision: Decision | None = None

    @property
    def closed(self) -> bool:
        """Nothing can be changed in it."""
        return self.archived or self.sealed is not None


@dataclass(frozen=True, slots=True)
class DeletedInfo:
    """A filing or (``filing`` None) a unit that was deleted and can be brought back."""

    unit: int
    unit_name: str
    filing: int | None
    year: int | None
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the user says about a warning. ``finding`` is its key (``perfdesk.explained.finding_key``)."""

    finding: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Seal:
    """A filing was handed in ``at`` with the package of that check code. ``opened_at`` None: it is closed since; else why and by whom
    it was opened again. ``who``, ``opened_by``: login and host."""

    filing: int
    at: datetime
    who: str
    package: str
    opened_at: datetime | None = None
    opened_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step. ``undone``: taken back. ``replaced``: taken back and then overtaken by a new step; kept to be read, never redone.
    ``who``: login and host of the person; empty where an older program did not write it down."""

    number: int
    label: str
    at: datetime
    undone: bool
    changes: tuple[Change, ...]
    replaced: bool = False
    who: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """Something was done. ``who``: login and host, empty where nobody wrote it down; ``verb``: one of ``DONE``; ``what``: the filing (for a
    step or a seal), the person, the unit … that it was done to; ``detail``: its label, reason or value."""

    at: datetime
    who: str
    verb: str
    what: str
    detail: str


DONE: Mapping[str, str] = {
    "came": "新增",
    "step": "修改",
    "undone": "撤销",
    "redone": "重做",
    "deed": "管理",
    "deed-undone": "撤销管理",
    "deed-redone": "重做管理",
    "sealed": "报送封存",
    "unsealed": "解除封存",
    "person": "登记人员",
    "person-gone": "取消登记",
    "restored": "恢复",
    "setting": "设置",
    "tree": "单位树",
    "collected": "收取",
    "accepted": "接受",
    "returned": "退回",
    "taken": "重新待审",
}
"""Verb → as a person says it."""


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A backup that the store made. ``size`` in bytes; ``reason`` is one of ``daily``, ``timer``, ``import``, ``migrate``,
    ``upgrade`` (another version of the program), ``restore``, ``asked``."""

    path: Path
    at: datetime
    size: int
    reason: str
