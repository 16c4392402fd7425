"""Checks that the user switched off, each with the day and the reason; kept as one setting of the store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, cast

from perfdesk.model.finding import Finding

SETTING = "checks/off"


@dataclass(frozen=True, slots=True)
class Off:
    """``at``: the day, as ``2026-11-21``."""

    at: str
    reason: str


NONE_OFF: Mapping[str, Off] = MappingProxyType({})


def read_off(setting: str | None) -> Mapping[str, Off]:
    """By code; what cannot be read is taken for nothing: checks then look as they always do."""
    try:
        data = cast("dict[str, Any]", json.loads(setting or "{}"))
        return MappingProxyType({code: Off(str(o["at"]), str(o["reason"])) for code, o in data.items()})
    except (ValueError, TypeError, KeyError, AttributeError):
        return NONE_OFF


def write_off(off: Mapping[str, Off]) -> str:
    """The setting's text; the same codes give the same text."""
    data = {code: {"at": off[code].at, "reason": off[code].reason} for code in sorted(off)}
    return json.dumps(data, ensure_ascii=False)


def switch_off(off: Mapping[str, Off], code: str, reason: str, today: date) -> Mapping[str, Off]:
    """ValueError without a reason."""
    words = " ".join(reason.split())
    if not words:
        raise ValueError("reason")
    return MappingProxyType({**off, code: Off(today.isoformat(), words)})


def switch_on(off: Mapping[str, Off], code: str) -> Mapping[str, Off]:
    return MappingProxyType({k: v for k, v in off.items() if k != code})


def still_on(findings: Iterable[Finding], off: Mapping[str, Off]) -> tuple[Finding, ...]:
    """Without those of checks that are switched off."""
    return tuple(f for f in findings if f.code not in off)
