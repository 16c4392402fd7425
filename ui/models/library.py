"""The indicator library as the window uses it: learned from the store beside the window's work, and shown as a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from perfdesk.catalog import label_key
from perfdesk.pack_folders import roots
from ui.messages import library as say
from ui.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from perfdesk.catalog import Catalog
    from perfdesk.library import Entry, Library, LibraryIndex
    from perfdesk.search import Pinyin
    from perfdesk.store import FilingInfo, Store
    from ui.workspace import Workspace

    Learned = dict[int, tuple[object, tuple[Entry, ...]]]

Index = QModelIndex | QPersistentModelIndex
NONE = QModelIndex()
ROLE = Qt.ItemDataRole
DRAGGED = "application/x-perfdesk-indicators"
"""What is dragged out of the library, within this program only."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What the work on the other thread brings: ``stamp`` tells of which filings it is."""

    stamp: object
    built_in: Library
    index: LibraryIndex
    learned: Learned


class LibrarySource(QObject):
    """One for each workspace. ``ready``: there is a (new) index; the filings were read and the pinyin looked up on another thread."""

    ready = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.workspace = workspace
        self.built_in: Library | None = None
        self.index: LibraryIndex | None = None
        self._learned: Learned = {}
        self._stamp: object = None
        self._task: Task | None = None

    @cached_property
    def pinyin(self) -> Pinyin:
        from perfdesk.search import Pinyin

        return Pinyin()

    def want(self) -> LibraryIndex | None:
        """The index if there is one; where the filings have changed since, a new one is begun and told when it is ready."""
        infos = self._infos()
        stamp = tuple((i.id, i.changed_at) for i in infos)
        store = self.workspace.store if self.workspace.is_open else None
        if self._task is None and stamp != self._stamp and store is not None:
            catalog, built_in = self.workspace.catalog, self.built_in
            learned, pinyin = dict(self._learned), self.pinyin
            self._task = Task(lambda _task: _learn(store, catalog, infos, stamp, built_in, learned, pinyin))
            self._task.done.connect(self._take)
            self._task.failed.connect(self._give_up)
            self._task.start()
        return self.index

    def is_learning(self) -> bool:
        return self._task is not None

    def _infos(self) -> tuple[FilingInfo, ...]:
        """All filings but the open one: of that one everybody sees the names. A self-evaluation only repeats its target's."""
        here = self.workspace.filing.id if self.workspace.filing else None
        known = {f.id for f in self.workspace.catalog.forms.values() if f.evaluation is None}
        return tuple(i for i in self.workspace.all_infos() if i.id != here and i.form in known)

    def _take(self, ready: Ready) -> None:
        self._task = None
        self.built_in, self.index = ready.built_in, ready.index
        self._learned, self._stamp = ready.learned, ready.stamp
        self.ready.emit()

    def _give_up(self, _error: object) -> None:
        """The store was closed meanwhile; asked for again, it is tried again."""
        self._task = None


def source_of(workspace: Workspace) -> LibrarySource:
    """The one source of the workspace, made when first asked for."""
    found = workspace.findChild(LibrarySource)
    return found if isinstance(found, LibrarySource) else LibrarySource(workspace)


def _learn(
    store: Store,
    catalog: Catalog,
    infos: Sequence[FilingInfo],
    stamp: object,
    built_in: Library | None,
    learned: Learned,
    pinyin: Pinyin,
) -> Ready:
    """On another thread. Filings that have not changed are not read again."""
    from perfdesk.library import LibraryIndex, Past, load, merged, own_of

    built_in = built_in or load(catalog, packs=roots(store.vault.folder))
    kept: Learned = {}
    for info in infos:
        known = learned.get(info.id)
        if known is None or known[0] != info.changed_at:
            past = Past(catalog.form(info.form), store.filing(info.id), info.unit_name)
            known = info.changed_at, own_of(past)
        kept[info.id] = known
    own = merged(entry for _, entries in kept.values() for entry in entries)
    index = LibraryIndex(own, built_in.entries, pinyin)
    index.warm()
    return Ready(stamp, built_in, index, kept)


@dataclass(frozen=True, slots=True)
class Filter:
    """Empty: everything."""

    words: str = ""
    level1: str = ""
    theme: str = ""
    origin: str = ""

    def lets(self, entry: Entry) -> bool:
        return all(
            not wanted or label_key(wanted) == label_key(has)
            for wanted, has in (
                (self.level1, entry.level1),
                (self.theme, entry.theme),
                (self.origin, entry.origin),
            )
        )


class LibraryModel(QAbstractTableModel):
    """The entries that a filter lets through; those whose names are in the filing already are quieter."""

    def __init__(self, colours: Mapping[str, Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self.entries: tuple[Entry, ...] = ()
        self._here: frozenset[str] = frozenset()

    def show(self, index: LibraryIndex | None, wanted: Filter, here: frozenset[str]) -> None:
        self.beginResetModel()
        found = index.search(wanted.words) if index else ()
        self._here = here
        fitting = [e for e in found if wanted.lets(e)]
        # Who only looks through sees what is new first; who asks for something sees the best fit first.
        self.entries = tuple(fitting if wanted.words.strip() else sorted(fitting, key=self.is_here))
        self.endResetModel()

    def is_here(self, entry: Entry) -> bool:
        """The open filing has it."""
        return label_key(entry.name) in self._here

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(say.COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What is not in the filing yet can be dragged into its tree."""
        base = super().flags(index)
        if index.isValid() and not self.is_here(self.entries[index.row()]):
            return base | Qt.ItemFlag.ItemIsDragEnabled
        return base

    def mimeTypes(self) -> list[str]:
        return [DRAGGED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = sorted({i.row() for i in indexes})
        data = QMimeData()
        data.setData(DRAGGED, QByteArray(json.dumps([_key(self.entries[r]) for r in rows]).encode()))
        return data

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == ROLE.DisplayRole:
            return say.COLUMNS[section] if section < len(say.COLUMNS) else None
        return None

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == ROLE.DisplayRole:
            return self._texts(entry)[index.column()]
        if role == ROLE.ForegroundRole:
            here = self.is_here(entry)
            return self._colours["muted" if here else "ink" if index.column() == 0 else "quiet"]
        if role == ROLE.ToolTipRole:
            return entry.explain or None
        return None

    def _texts(self, entry: Entry) -> tuple[str, ...]:
        kind = entry.level2 or entry.level1
        came = say.HERE if self.is_here(entry) else say.source(entry.origin, entry.uses, entry.year)
        return entry.name, kind, entry.theme, entry.unit, entry.usual or entry.direction, came


def _key(entry: Entry) -> list[str]:
    return [entry.origin, entry.level1, entry.level2, entry.name]


def dragged(data: QMimeData, source: LibrarySource) -> tuple[Entry, ...]:
    """The entries that a drag from the library brings, in its order; empty for anything else."""
    if not data.hasFormat(DRAGGED) or source.index is None:
        return ()
    known = {tuple(_key(e)): e for e in source.index.entries}
    keys = json.loads(bytes(data.data(DRAGGED).data()))
    return tuple(known[tuple(k)] for k in keys if tuple(k) in known)
