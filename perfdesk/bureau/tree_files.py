"""The tree of units out of the lists that bureaus have: a row a unit with its parent, a column a level, or codes that begin like their
parents'. All mistakes are told at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from perfdesk.bureau.placing import apart
from perfdesk.bureau.tree_columns import LEVELS, Columns, columns_of, expected_said, is_head, kind_said
from perfdesk.document.source import Source, SourceTable
from perfdesk.model.bureau import Node, NodeKind
from perfdesk.naming import label_key
from perfdesk.values import one_line

LONGEST = 200
"""Characters of a code or a name."""
_SUMS = frozenset(("合计", "总计", "小计"))
_NOTES = ("注", "备注", "说明", "填表")
_ENDINGS: tuple[tuple[NodeKind, tuple[str, ...]], ...] = (
    ("province", ("省", "自治区")),
    ("city", ("市", "州", "盟", "地区")),
    ("county", ("县", "区", "旗")),
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """``where``: the sheet; ``row`` as Excel counts, 0: the whole table. ``code`` for scripts, ``message`` for people."""

    code: str
    where: str
    row: int
    message: str


@dataclass(frozen=True, slots=True)
class TreeRead:
    """``nodes``: parents first; of no use where there are mistakes."""

    nodes: tuple[Node, ...]
    mistakes: tuple[Mistake, ...]


@dataclass(slots=True)
class _Entry:
    """A place of the tree while it is made. ``row`` 0: no row is about it, others name it as what is above them."""

    name: str
    code: str = ""
    kind: NodeKind | None = None
    expected: bool | None = None
    where: str = ""
    row: int = 0
    above_code: str = ""
    above_name: str = ""
    above: _Entry | None = None
    below: list[_Entry] = field(default_factory=list["_Entry"])
    key: str = ""


def tree_in(sources: Sequence[Source]) -> TreeRead:
    """One tree of all lists in the files."""
    making = _Making()
    for source in sources:
        for table in source.items:
            if isinstance(table, SourceTable):
                making.read(table)
    return making.done()


class _Making:
    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._paths: dict[tuple[str, ...], _Entry] = {}
        self._codes: dict[str, _Entry] = {}
        self._names: dict[str, list[_Entry]] = {}
        self._with_above: dict[str, list[_Entry]] = {}
        self._mistakes: list[Mistake] = []
        self._to_hang: list[tuple[_Entry, bool]] = []
        self._tables = 0

    def read(self, table: SourceTable) -> None:
        rows = _full_texts(table)
        columns = columns_of(rows)
        if columns is None:
            return
        self._tables += 1
        before: list[str] = []
        for number, row in enumerate(rows[columns.row + 1 :], columns.row + 2):
            if _says_nothing(row, columns):
                continue
            levels = _levels(row, columns, before) if columns.by_level else []
            entry = self._entry(row, columns, levels, table.where, number)
            if entry is not None and not columns.by_level:
                self._to_hang.append((entry, not columns.by_parent))
            before = [x.name for x in levels]

    def _entry(
        self, row: Sequence[str], columns: Columns, levels: list[_Level], where: str, number: int
    ) -> _Entry | None:
        above = self._above(levels, where)
        name, code = columns.text(row, "name"), one_line(columns.text(row, "code"))
        own = next((x for x in levels[-1:] if not name and not code), None)
        if own is not None:  # a row about the lowest level that it names
            name, code = own.name, own.code
            above = self._above(levels[:-1], where)
        if "code" not in columns.at:
            name, code = apart(name)
        entry = _Entry(name, code, where=where, row=number, above=above)
        entry.kind = (own.kind if own else None) or kind_said(columns.text(row, "kind"))
        entry.expected = expected_said(columns.text(row, "expected"))
        entry.above_code = one_line(
            columns.text(row, "above_code") or columns.text(row, "department_code") * columns.by_parent
        )
        entry.above_name = columns.text(row, "above_name")
        return self._placed(entry, columns.by_level, [x.name for x in levels])

    def _placed(self, entry: _Entry, by_level: bool, names: list[str]) -> _Entry | None:
        """What is to be hung, or None where a mistake was told."""
        if not entry.name:
            return self._wrong(entry, "no-name", "单位名称是空的")
        if "/" in entry.code or max(len(entry.code), len(entry.name)) > LONGEST:
            return self._wrong(entry, "bad-code", f"编码“{entry.code[:30]}”不能用，或名称太长")
        if entry.code and (other := self._codes.get(entry.code)) is not None and other.row:
            return self._wrong(entry, "code-twice", f"编码“{entry.code}”和{_place(other, entry)}重复")
        if by_level:
            path = tuple(one_line(name) for name in names)
            path = path if path[-1:] == (one_line(entry.name),) else (*path, one_line(entry.name))
            known = self._paths.get(path)
            if known is not None and (known.row == 0 and (not known.code or not entry.code)):
                return self._filled(known, entry)
            if known is not None and known.row and not entry.code:
                return self._wrong(entry, "name-twice", f"“{entry.name}”和{_place(known, entry)}重复")
            self._paths.setdefault(path, entry)
        return self._kept(entry)

    def _filled(self, known: _Entry, entry: _Entry) -> _Entry:
        """A row about a place that others named before as what is above them."""
        known.code = known.code or entry.code
        known.row, known.where, known.expected = entry.row, entry.where, entry.expected
        known.kind = entry.kind or known.kind
        if known.code:
            self._codes[known.code] = known
        return known

    def _kept(self, entry: _Entry) -> _Entry:
        self._entries.append(entry)
        if entry.above is not None:
            entry.above.below.append(entry)
        if entry.code:
            self._codes[entry.code] = entry
        self._names.setdefault(one_line(entry.name), []).append(entry)
        return entry

    def _above(self, levels: list[_Level], where: str) -> _Entry | None:
        """The lowest of these levels, made with those above it where they are new."""
        above: _Entry | None = None
        for depth, (kind, name, code) in enumerate(levels, 1):
            path = tuple(one_line(x.name) for x in levels[:depth])
            found = self._paths.get(path)
            if found is None:
                found = self._paths[path] = _Entry(name, code, kind, where=where, above=above)
                self._kept(found)
            above = found
        return above

    def _hang(self, entry: _Entry, by_prefix: bool) -> None:
        if by_prefix:
            lengths = range(len(entry.code) - 1, 0, -1)
            above = next((a for n in lengths if (a := self._codes.get(entry.code[:n]))), None)
        elif entry.above_code:
            above = self._codes.get(entry.above_code) or self._named(entry, entry.above_code)
        elif entry.above_name:
            above = self._named(entry, entry.above_name)
        else:
            return
        if above is not None:
            entry.above = above
            above.below.append(entry)
            self._with_above.setdefault(one_line(above.name + entry.name), []).append(entry)

    def _named(self, entry: _Entry, name: str) -> _Entry | None:
        """By its name, or by its name with the one above it (see ``_name_keys``)."""
        known = self._names.get(one_line(name)) or self._with_above.get(one_line(name), ())
        same = [one for one in known if one is not entry]
        if len(same) != 1:
            several = f"有 {len(same)} 个，请写上级编码" if same else "不在表里"
            return self._wrong(entry, "no-parent", f"“{entry.name}”的上级“{name}”{several}")
        return same[0]

    def _wrong(self, entry: _Entry, code: str, message: str) -> None:
        self._mistakes.append(Mistake(code, entry.where, entry.row, f"第 {entry.row} 行：{message}。"))

    # --- done ---

    def done(self) -> TreeRead:
        if not self._tables:
            message = "没有认出单位名单。表头要有“单位名称”，以及“单位编码”“上级编码”，或省、市、县、主管部门各一栏。"
            return TreeRead((), (Mistake("no-columns", "", 0, message),))
        for entry, by_prefix in self._to_hang:
            self._hang(entry, by_prefix)
        for entry in self._entries:
            for one in _circle(entry):
                self._wrong(one, "circle", f"“{one.name}”的上级绕回了它自己")
        if not self._mistakes:
            self._name_keys()
        if self._mistakes:
            order = sorted(self._mistakes, key=lambda one: (one.where, one.row))
            return TreeRead((), tuple(dict.fromkeys(order)))
        return TreeRead(tuple(_nodes(one for one in self._entries if one.above is None)), ())

    def _name_keys(self) -> None:
        """The code, or the name; of several of one name, with the name above it."""
        taken = {entry.code: entry for entry in self._entries if entry.code}
        for entry in self._entries:
            name = entry.name.replace("/", "／")
            choices = [
                name,
                *([f"{entry.above.name} {entry.name}".replace("/", "／")] if entry.above else []),
            ]
            if not entry.code:
                several = len(self._names[one_line(entry.name)]) > 1
                entry.key = choices[-1] if several else name
                if (other := taken.setdefault(entry.key, entry)) is not entry:
                    self._wrong(
                        entry, "name-twice", f"“{entry.name}”和{_place(other, entry)}重复，又没有编码"
                    )
            else:
                entry.key = entry.code


class _Level(NamedTuple):
    """``code``: of a department that has a column for it."""

    kind: NodeKind
    name: str
    code: str


def _full_texts(table: SourceTable) -> list[list[str]]:
    """Merged cells say what they say in every row and column that they cover."""
    rows = [[""] * table.grid.width for _ in range(table.grid.height)]
    for (row, col), cell in table.grid.at().items():
        rows[row][col] = cell.text.strip()
    return rows


def _says_nothing(row: Sequence[str], columns: Columns) -> bool:
    """Empty, a sum, a note below the list, or the head once more."""
    texts = {one_line(text) for text in row if text}
    name = label_key(columns.text(row, "name") or next(iter(texts), ""))
    noted = len(texts) == 1 and next(iter(texts)).startswith(_NOTES)
    return not texts or noted or name in _SUMS or is_head(row, columns) or bool(texts & _SUMS)


def _levels(row: Sequence[str], columns: Columns, before: Sequence[str]) -> list[_Level]:
    """What stands in the columns of levels; of several, those left empty at the beginning are as in the row above."""
    here: list[NodeKind] = [level for level in LEVELS if level in columns.at]
    names = [columns.text(row, level) for level in here]
    given = next((n for n, name in enumerate(names) if name), len(names))
    if given and before and len(here) > 1:
        names[:given] = [*before, *[""] * len(names)][:given]
    code = one_line(columns.text(row, "department_code"))
    pairs = zip(here, names, strict=True)
    return [_Level(kind, name, code if kind == "department" else "") for kind, name in pairs if name]


def _place(other: _Entry, entry: _Entry) -> str:
    sheet = "" if other.where == entry.where else other.where
    return f"{sheet}第 {other.row} 行" if other.row else "上级一栏里的"


def _circle(entry: _Entry) -> list[_Entry]:
    """The entry, where it is above itself."""
    seen: set[int] = set()
    above = entry.above
    while above is not None and id(above) not in seen:
        if above is entry:
            return [entry]
        seen.add(id(above))
        above = above.above
    return []


def _nodes(entries: Iterable[_Entry]) -> Iterator[Node]:
    """Each before what is below it."""
    waiting = [*entries][::-1]
    while waiting:
        entry = waiting.pop()
        kind = entry.kind or _kind(entry)
        expected = (
            (kind == "unit" or (kind == "department" and entry.row > 0))
            if entry.expected is None
            else entry.expected
        )
        yield Node(
            entry.key, entry.code, entry.name, kind, entry.above.key if entry.above else None, expected
        )
        waiting += entry.below[::-1]


def _kind(entry: _Entry) -> NodeKind:
    """What nobody says: a place with nothing below it is a unit, others are what their names end in, or departments."""
    if not entry.below:
        return "unit"
    return kind_of(entry.name, "department")


def kind_of(name: str, other: NodeKind = "unit") -> NodeKind:
    """By what the name ends in; ``other`` where that says nothing."""
    for kind, ends in _ENDINGS:
        if name.endswith(ends):
            return kind
    return other
