"""What became of a filing: the steps of its journal and, between them, when it was handed in and why it was opened again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfdesk.store import HistoryEntry, Seal


@dataclass(frozen=True, slots=True)
class Happened:
    """``number`` of a step, None where it is none."""

    number: int | None
    label: str
    at: datetime
    who: str
    undone: bool = False
    replaced: bool = False


def happened(steps: Sequence[HistoryEntry], seals: Sequence[Seal]) -> list[Happened]:
    """By time; steps stay in their order."""
    past = [Happened(e.number, e.label, e.at, e.who, e.undone, e.replaced) for e in steps]
    for one in _of_seals(seals):
        place = next((n for n, other in enumerate(past) if other.at > one.at), len(past))
        past.insert(place, one)
    return past


def _of_seals(seals: Sequence[Seal]) -> Iterator[Happened]:
    for seal in seals:
        yield Happened(None, f"报送并封存（核对码 {seal.package}）", seal.at, seal.who)
        if seal.opened_at is not None:
            yield Happened(None, f"解除封存：{seal.reason}", seal.opened_at, seal.opened_by)
