"""What was answered so far in the first run, kept so that it goes on where it stopped; and the unit that comes of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfdesk.store import Store

SETTING = "first-run"
UNIT, YEAR, FILES = range(3)
"""The steps."""


@dataclass(frozen=True, slots=True)
class Answers:
    """``unit``: the id of the unit that was made for ``name``; ``scheme``: the set of forms that a person picked, empty where it
    follows the year; ``year`` None: not asked yet."""

    step: int = UNIT
    name: str = ""
    code: str = ""
    unit: int | None = None
    year: int | None = None
    scheme: str = ""


def text_of(answers: Answers) -> str:
    return json.dumps(asdict(answers), ensure_ascii=False)


def read(text: str | None) -> Answers:
    """What cannot be read is as if nothing had been answered."""
    try:
        found = Answers(**json.loads(text or "{}"))
    except (ValueError, TypeError):
        return Answers()
    good = (
        found.step in (UNIT, YEAR, FILES)
        and all(isinstance(t, str) for t in (found.name, found.code, found.scheme))
        and all(n is None or isinstance(n, int) for n in (found.unit, found.year))
    )
    return found if good else Answers()


def keep_unit(store: Store, made: int | None, name: str, code: str) -> int:
    """The id of the unit of that name: one that is there, the one ``made`` before under its new name, or a new one. Every deed can be
    undone. UserError where the name is empty or belongs to a deleted unit."""
    plain = " ".join(name.split())
    known = {u.id: u for u in store.units()}
    there = next((u for u in known.values() if u.name == plain), None) or known.get(made or 0)
    if there is None:
        return store.office.create_unit(plain, code)
    if there.name != plain:
        store.office.rename_unit(there.id, plain)
    if there.code != code.strip() and (code.strip() or there.id == made):
        store.office.set_code(there.id, code)
    return there.id
