"""Law 4: after any sequence of edits undo × n is the first state and redo × n the last; closing and opening changes nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.errors import ChangeRefused
from perfdesk.model.change import Change, InsertRow, MoveRow, RemoveRow, SetCell, Step, apply
from perfdesk.model.filing import Filing, Row, depth
from perfdesk.model.form import LEVELS
from perfdesk.store import Store
from perfdesk.store.order import applied
from tests.postgres import Postgres
from tests.store.sample import sample_filing

COLUMNS = {"basic": ("unit_name", "goal"), "tasks": ("name", "content"), "budget": ("total", "other")}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["", "≥95%", "1,234.50", "第一行\n第二行"]
)
NUMBERS = st.integers(0, 1000)


@dataclass(frozen=True)
class Edit:
    """An edit drawn before it is known which rows there are: numbers choose among those that are there then."""

    verb: str
    which: int
    where: int
    text: str


EDITS = st.builds(Edit, st.sampled_from(["set", "set", "insert", "remove", "move"]), NUMBERS, NUMBERS, TEXTS)
STEPS = st.lists(EDITS, min_size=1, max_size=4)


def change_of(filing: Filing, edit: Edit, new_id: str) -> Change:
    row = filing.rows[edit.which % len(filing.rows)]
    other = filing.rows[edit.where % len(filing.rows)]
    match edit.verb:
        case "set":
            columns = COLUMNS.get(row.section) or (LEVELS[depth(row) - 1], "target", "unit")
            return SetCell(row.id, columns[edit.where % len(columns)], edit.text)
        case "insert":
            cells = (
                {LEVELS[depth(row) - 1]: edit.text}
                if row.section == "indicators"
                else {"name": edit.text, "note": ""}
            )
            return InsertRow(
                Row(new_id, row.section, MappingProxyType(cells), row.parent),
                None if edit.where % 2 else row.id,
            )
        case "remove":
            return RemoveRow(row.id)
        case _:
            return MoveRow(row.id, other.parent, None if edit.where % 2 else other.id)


def changes_of(filing: Filing, edits: list[Edit], new_id: Callable[[], str]) -> tuple[Change, ...]:
    """The changes of one step, each fitting the state that the ones before it leave; what makes no sense is left out."""
    changes: list[Change] = []
    for edit in edits:
        change = change_of(filing, edit, new_id())
        try:
            filing, _ = apply(filing, (change,))
        except ChangeRefused:
            continue
        changes.append(change)
    return tuple(changes)


def numbered() -> Callable[[], str]:
    numbers = iter(range(1, 1_000_000))
    return lambda: f"n{next(numbers)}"


@given(st.lists(STEPS, max_size=12))
def test_the_inverses_in_turn_lead_back_and_the_changes_forth_again(drawn: list[list[Edit]]) -> None:
    first, new_id = sample_filing(), numbered()
    state, done = first, []
    for edits in drawn:
        changes = changes_of(state, edits, new_id)
        state, inverse = applied(state, changes)
        done.append((changes, inverse))
    back = state
    for _, inverse in reversed(done):
        back, _ = applied(back, inverse)
    assert back == first
    for changes, _ in done:
        back, _ = applied(back, changes)
    assert back == state


@dataclass
class Trail:
    """What the store has to hold: all states from the first to the newest that redo can reach, and which one is now."""

    states: list[Filing]
    now: int = 0

    def step(self, state: Filing) -> None:
        self.states[self.now + 1 :] = [state]
        self.now += 1


@dataclass
class Session:
    """A store that is closed and opened again in the middle."""

    folder: Path
    store: Store = field(init=False)

    def open(self) -> None:
        self.store = Store.open(self.folder)

    def reopen(self) -> None:
        before = self.store.dump()
        self.store.close()
        self.open()
        assert self.store.dump() == before


@contextmanager
def session() -> Iterator[Session]:
    with tempfile.TemporaryDirectory() as folder:
        found = Session(Path(folder) / "data")
        found.open()
        try:
            yield found
        finally:
            found.store.close()


ACTIONS = st.lists(STEPS | st.sampled_from(["undo", "undo", "redo", "reopen"]), max_size=15)


def act(
    run: Session, trail: Trail, filing_id: int, action: list[Edit] | str, new_id: Callable[[], str]
) -> None:
    match action:
        case "reopen":
            run.reopen()
        case "undo" if trail.now > 0:
            trail.now -= 1
            assert run.store.undo(filing_id) is not None
        case "redo":
            told = run.store.redo(filing_id)
            assert (told is not None) == (trail.now + 1 < len(trail.states))
            trail.now += told is not None
        case list():
            changes = changes_of(run.store.filing(filing_id), action, new_id)
            trail.step(run.store.apply(filing_id, Step("改", changes)))
        case _:
            pass
    assert run.store.filing(filing_id) == trail.states[trail.now]


@settings(max_examples=60)
@given(ACTIONS)
def test_the_store_keeps_the_law_across_restarts(actions: list[list[Edit] | str]) -> None:
    with session() as run:
        keeps_the_law(run, actions)


def test_a_store_on_a_server_keeps_the_law_too(server: Postgres, with_tables: str, on_server: Path) -> None:
    @settings(max_examples=12)
    @given(ACTIONS)
    def kept(actions: list[list[Edit] | str]) -> None:
        server.emptied(with_tables)
        run = Session(on_server)
        run.open()
        try:
            keeps_the_law(run, [_in_its_letters(action) for action in actions])
        finally:
            run.store.close()

    kept()


def _in_its_letters(action: list[Edit] | str) -> list[Edit] | str:
    """PostgreSQL has no letter of code 0, and a name of a unit with one is refused (tests/store/test_server.py)."""
    if isinstance(action, str):
        return action
    return [replace(edit, text=edit.text.replace("\0", "")) for edit in action]


def keeps_the_law(run: Session, actions: list[list[Edit] | str]) -> None:
    new_id = numbered()
    filing_id = run.store.add(sample_filing(), "导入")
    trail = Trail([run.store.filing(filing_id)])
    for action in actions:
        act(run, trail, filing_id, action, new_id)
    for _ in range(trail.now):
        assert run.store.undo(filing_id) is not None
    assert run.store.filing(filing_id) == trail.states[0]
    assert run.store.verify() == ()
    run.reopen()
    for state in trail.states[1:]:
        told = run.store.redo(filing_id)
        assert told is not None
        assert told[0] == state
    assert run.store.redo(filing_id) is None
    assert run.store.verify() == ()
    run.reopen()
    assert run.store.filing(filing_id) == trail.states[-1]
