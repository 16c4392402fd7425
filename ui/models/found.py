"""Everything that find anywhere can find: of the open filing, of the store, of the window."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QAction

from perfdesk.model.filing import Row, depth
from perfdesk.model.finding import Place
from perfdesk.model.form import LEVELS
from perfdesk.quotable import shown_texts
from perfdesk.quoted import quotable
from perfdesk.search import ALIKE, Index, Pinyin
from ui import messages as say
from ui.messages import library as words_of

if TYPE_CHECKING:
    from perfdesk.model.form import Section
    from ui.workspace import Workspace

Sort = Literal["indicator", "task", "code", "section", "group", "filing", "command", "text"]
ORDER = ("indicator", "task", "code", "section", "group", "filing", "command", "text")
WITHOUT_WORDS = ("section", "filing", "command")
SPOKEN = ("text", "note")
"""Kinds of fields whose content one looks for by its words."""
LOWEST = {"tree": 3, "goals": 2}
"""The level of the indicators, by the kind of section."""
RECENT = "find/recent"
KEPT = 12
SHOWN = 40
EXCERPT = 28


@dataclass(frozen=True, slots=True)
class Found:
    """``key`` is the same the next time, for what was gone to recently; ``note`` says where it stands."""

    key: str
    kind: Sort
    text: str
    note: str
    go: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Ways:
    """How the window goes to a cell and to a section, and what its actions are."""

    show: Callable[[Place], object]
    turn: Callable[[int], object]
    actions: Mapping[str, QAction]


class Finds:
    """Made when find anywhere is opened. Letters are understood when ``index`` is warm."""

    def __init__(self, workspace: Workspace, ways: Ways, pinyin: Pinyin) -> None:
        self.workspace = workspace
        self._recent = recent(workspace)
        self._all = tuple(_everything(workspace, ways))
        self.index = Index(((f.text, f) for f in self._all), pinyin)
        self._weights = {f.key: ORDER.index(f.kind) * 1000 + len(f.text) for f in self._all}
        self._texts = Index(((content, f) for content, f in _contents(workspace, ways)), pinyin)

    def search(self, words: str) -> tuple[Found, ...]:
        """What was gone to recently first, then the better fit; guesses only where nothing holds what was typed."""
        if not words.strip():
            return self._resting()
        hits = self.index.search(words, letters=self.index.is_warm)
        texts = self._texts.search(words, guess=False, letters=False)
        if texts and hits and hits[0].fit == ALIKE:
            hits = []
        hits.sort(key=lambda h: (h.fit, -h.closeness, self._weights[h.item.key]))
        again = sorted((h for h in hits if h.item.key in self._recent), key=lambda h: self._rank(h.item.key))
        found = {h.item.key: h.item for h in (*again, *hits[:SHOWN])}
        for hit in texts[:SHOWN]:
            found.setdefault(hit.item.key, _excerpt(hit.item, words.strip()))
        return tuple(found.values())[:SHOWN]

    def _rank(self, key: str) -> int:
        return self._recent.index(key) if key in self._recent else KEPT

    def _resting(self) -> tuple[Found, ...]:
        """Before anything is typed: the recent ones, then where one can go in general."""
        by_key = {f.key: f for f in self._all}
        first = [by_key[k] for k in self._recent if k in by_key]
        rest = [
            f for kind in WITHOUT_WORDS for f in self._all if f.kind == kind and f.key not in self._recent
        ]
        return tuple(first + rest)[:SHOWN]

    def is_recent(self, found: Found) -> bool:
        return found.key in self._recent


def recent(workspace: Workspace) -> list[str]:
    """Keys of what was gone to, the last first."""
    try:
        kept = json.loads(workspace.setting(RECENT) or "[]")
    except ValueError:
        return []
    return [k for k in kept if isinstance(k, str)] if isinstance(kept, list) else []


def remember(workspace: Workspace, found: Found) -> None:
    keys = [found.key, *(k for k in recent(workspace) if k != found.key)]
    workspace.set_setting(RECENT, json.dumps(keys[:KEPT]))


def _everything(workspace: Workspace, ways: Ways) -> Iterator[Found]:
    form, filing = workspace.form, workspace.filing
    if form and filing:
        for number, section in enumerate(form.sections):
            go = lambda n=number: ways.turn(n)  # noqa: E731
            yield Found(f"section:{section.id}", "section", section.label, words_of.KINDS["section"], go)
            rows = filing.section(section.id)
            if form.budget and section.kind == "ledger":
                names = form.budget.ledger(section.id).names
                yield from _codes(section, rows, names, filing.id, ways)
            elif section.kind != "table":
                yield from _rows(section, rows, filing.id, ways)
    for info in workspace.all_infos():
        title = f"{say.year_text(info.year)} {info.title}"
        yield Found(
            f"filing:{info.id}",
            "filing",
            title,
            info.unit_name or words_of.KINDS["filing"],
            lambda i=info.id: workspace.open(i),
        )
    for name, action in ways.actions.items():
        if action.isEnabled() and name != "find":
            keys = action.shortcut().toString()
            note = f"{words_of.KINDS['command']}　{keys}" if keys else words_of.KINDS["command"]
            yield Found(
                f"command:{name}", "command", words_of.command(name, action.text()), note, action.trigger
            )


def _rows(section: Section, rows: tuple[Row, ...], filing: int | None, ways: Ways) -> Iterator[Found]:
    """Fields of a section with one row, else its rows by name; in a tree the heading above is the note."""
    if section.kind == "fields":
        for field in section.fields:
            place = Place(section.id, field.id)
            yield Found(f"field:{section.id}/{field.id}", "text", field.name, section.label, _to(ways, place))
        return
    above: dict[str, str] = {}
    for row in rows:
        column, kind = _name_column(section, row)
        text = row.get(column)
        above[row.id] = text
        if text.strip():
            note = above.get(row.parent or "", "") or words_of.KINDS[kind]
            place = Place(row.id, "target" if kind == "indicator" else None)
            yield Found(f"row:{filing}:{row.id}", kind, text, note, _to(ways, place))


def _codes(
    section: Section, rows: tuple[Row, ...], names: Mapping[str, str], filing: int | None, ways: Ways
) -> Iterator[Found]:
    """Codes of a ledger with their names, own or standard ones."""
    for row in rows:
        text = f"{row.get('code')} {row.get('name') or names.get(row.get('code'), '')}".strip()
        if text:
            yield Found(
                f"row:{filing}:{row.id}", "code", text, section.label, _to(ways, Place(row.id, "code"))
            )


def _name_column(section: Section, row: Row) -> tuple[str, Sort]:
    if section.kind in LOWEST:
        level = depth(row)
        return LEVELS[level - 1], "indicator" if level == LOWEST[section.kind] else "group"
    return section.fields[0].id, "task"


def _to(ways: Ways, place: Place) -> Callable[[], object]:
    return lambda: ways.show(place)


def _contents(workspace: Workspace, ways: Ways) -> Iterator[tuple[str, Found]]:
    """What stands in the cells beside the names: long texts as they are printed, notes, contents of tasks."""
    form, filing = workspace.form, workspace.filing
    if form is None or filing is None:
        return
    quotes = quotable(form, filing, workspace.values) if workspace.values else None
    printed = shown_texts(filing, quotes) if quotes else {}
    for section in form.sections:
        for row in filing.section(section.id):
            named = row.get(_name_column(section, row)[0]) if section.kind != "fields" else ""
            names = (
                LEVELS
                if section.kind in LOWEST
                else ()
                if section.kind == "fields"
                else (section.fields[0].id,)
            )
            for field in section.fields:
                text = printed.get(f"{row.id}/{field.id}") or row.get(field.id)
                if field.kind in SPOKEN and field.id not in names and text.strip():
                    place = Place(row.id, field.id)
                    note = f"{named} · {field.name}" if named else field.name
                    key = f"cell:{filing.id}:{row.id}/{field.id}"
                    yield text, Found(key, "text", text, note, _to(ways, place))


def _excerpt(found: Found, words: str) -> Found:
    """The text around the words, in one line."""
    text = " ".join(found.text.split())
    at = max(text.lower().find(words.lower()), 0)
    start = max(0, at - EXCERPT // 3)
    cut = text[start : start + EXCERPT * 2]
    shown = f"{'…' if start else ''}{cut}{'…' if start + len(cut) < len(text) else ''}"
    return Found(found.key, found.kind, shown, found.note, found.go)
