"""Steps: what the user meant, as the small changes of the model. The window and ``perfdesk apply`` make them here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, cast

from perfdesk.errors import ChangeRefused
from perfdesk.model.change import Change, InsertRow, MoveRow, RemoveRow, SetCell, Step, apply
from perfdesk.model.filing import Filing, Row, depth, leaves
from perfdesk.model.form import LEVELS, Form, Section
from perfdesk.values import clean_text

NewId = Callable[[], str]


def set_cell(form: Form, filing: Filing, row_id: str, column: str, text: str) -> Step:
    """One cell gets ``text`` (cleaned of characters that cannot be kept)."""
    row = _row(filing, row_id)
    return Step(
        f"修改“{_column(form.section(row.section), row, column)}”",
        (SetCell(row_id, column, clean_text(text)),),
    )


def insert_row(
    form: Form, filing: Filing, section_id: str, after: str | None, cells: Mapping[str, str], row_id: str
) -> Step:
    """A row of a list after the row ``after`` (None: first)."""
    section = _section(form, section_id)
    if section.kind != "list":
        raise ChangeRefused("not-a-list", f"“{section.label}”不能这样加行。")
    row = Row(row_id, section_id, _cells(section, cells))
    return Step(f"增加一行“{section.label}”", (InsertRow(row, after),))


def insert_indicator(
    form: Form, parent: str | None, after: str | None, level: int, cells: Mapping[str, str], row_id: str
) -> Step:
    """An indicator of ``level`` 1 … 3 below ``parent`` (None for level 1), after its sibling ``after`` (None: first)."""
    section = form.tree
    own = _cells(section, {LEVELS[level - 1]: "", **cells})
    wrong = set(LEVELS) & own.keys() - {LEVELS[level - 1]}
    if wrong:
        raise ChangeRefused("wrong-level", f"{_LEVEL_NAMES[level]}只能有自己的名称。")
    return Step(f"增加{_LEVEL_NAMES[level]}", (InsertRow(Row(row_id, section.id, own, parent), after),))


def remove_rows(form: Form, filing: Filing, row_ids: tuple[str, ...]) -> Step:
    """The rows and everything below them. A row that goes with a parent in the same step is not named twice."""
    rows = [_row(filing, r) for r in row_ids]
    chosen = {r.id for r in rows}
    top = [r for r in rows if not (_above(filing, r) & chosen)]
    name = _row_name(top[0]) if len(top) == 1 else f"{len(top)} 行"
    return Step(f"删除{_quoted(name)}", tuple(RemoveRow(r.id) for r in top))


def move_row(form: Form, filing: Filing, row_id: str, parent: str | None, after: str | None) -> Step:
    """The row with everything below it comes under ``parent`` after ``after``."""
    return Step(f"移动{_quoted(_row_name(_row(filing, row_id)))}", (MoveRow(row_id, parent, after),))


_LEVEL_NAMES = {1: "一级指标", 2: "二级指标", 3: "三级指标"}


def _quoted(name: str) -> str:
    return f"“{name}”" if name and not name.endswith(" 行") else name or "一行"


def _row_name(row: Row) -> str:
    text = next((row.get(c) for c in (*LEVELS, "name") if row.get(c)), "")
    return text if len(text) <= 20 else text[:19] + "…"


def _above(filing: Filing, row: Row) -> set[str]:
    found: set[str] = set()
    while row.parent is not None and (above := filing.row(row.parent)) is not None:
        found.add(above.id)
        row = above
    return found


def _row(filing: Filing, row_id: str) -> Row:
    row = filing.row(row_id)
    if row is None:
        raise ChangeRefused("unknown-row", f"没有编号为“{row_id}”的行。")
    return row


def _section(form: Form, section_id: str) -> Section:
    if not form.has(section_id):
        raise ChangeRefused("unknown-section", f"本表没有“{section_id}”这一部分。")
    return form.section(section_id)


def _column(section: Section, row: Row, column: str) -> str:
    """The column's name; ChangeRefused where a row of this kind has no such column."""
    found = section.field(column)
    if found is None:
        raise ChangeRefused("unknown-column", f"“{section.label}”没有“{column}”这一栏。")
    if section.kind == "tree":
        own = LEVELS[depth(row) - 1]
        if (column in LEVELS and column != own) or (column not in LEVELS and own != "level3"):
            raise ChangeRefused("wrong-level", f"这一行没有“{found.name}”。")
    return found.name


def _cells(section: Section, cells: Mapping[str, str]) -> Mapping[str, str]:
    for column in cells:
        if section.field(column) is None:
            raise ChangeRefused("unknown-column", f"“{section.label}”没有“{column}”这一栏。")
    return MappingProxyType({column: clean_text(text) for column, text in cells.items()})


# --- lines of ``perfdesk apply`` --------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reading:
    """A step being read: later changes of the same step see what the earlier ones did."""

    form: Form
    filing: Filing
    new_id: NewId
    changes: list[Change] = field(default_factory=list[Change])
    labels: list[str] = field(default_factory=list[str])

    def add(self, step: Step) -> None:
        self.filing, _ = apply(self.filing, step.changes)
        self.changes += step.changes
        self.labels.append(step.label)


def step_from_json(form: Form, filing: Filing, data: Any, new_id: NewId) -> Step:
    """One line of ``apply``: a change, or ``{"label": …, "changes": [ … ]}``. ChangeRefused says what is wrong with it.

    Rows are named by their id or by ``section/number`` (from 1). An indicator may be inserted with all its levels named
    (``{"insert": "indicators", "values": {"level1": …, "level2": …, "level3": …}}``): missing parents are made.
    """
    if not isinstance(data, dict):
        raise ChangeRefused("not-a-step", "每行应是一个 JSON 对象。")
    table = cast("dict[str, Any]", data)
    reading = _Reading(form, filing, new_id)
    changes = table.get("changes", [table])
    if not isinstance(changes, list) or not changes:
        raise ChangeRefused("not-a-step", "“changes”应是一组修改。")
    for one in cast("list[Any]", changes):
        _read_change(reading, one)
    label = table.get("label") if "changes" in table else None
    return Step(
        clean_text(str(label)) if label else "、".join(dict.fromkeys(reading.labels)), tuple(reading.changes)
    )


def _read_change(reading: _Reading, data: Any) -> None:
    change = cast("dict[str, Any]", data) if isinstance(data, dict) else {}
    verbs = [v for v in ("set", "insert", "remove", "move") if v in change]
    if len(verbs) != 1:
        raise ChangeRefused("not-a-change", "一项修改应有且只有 set、insert、remove、move 之一。")
    verb = verbs[0]
    allowed = {
        "set": {"to"},
        "insert": {"after", "under", "values"},
        "remove": set[str](),
        "move": {"after", "under"},
    }[verb]
    if unknown := set(change) - allowed - {verb}:
        raise ChangeRefused("unknown-key", f"不认识的键：{'、'.join(sorted(unknown))}。")
    if not isinstance(change[verb], str):
        raise ChangeRefused("not-a-change", f"“{verb}”应是文字。")
    {"set": _read_set, "insert": _read_insert, "remove": _read_remove, "move": _read_move}[verb](
        reading, change
    )


def _read_set(reading: _Reading, data: dict[str, Any]) -> None:
    address, _, column = data["set"].rpartition("/")
    if not isinstance(data.get("to"), str):
        raise ChangeRefused("not-a-change", "“to”应是文字。")
    row_id = _named(reading.filing, address)
    reading.add(set_cell(reading.form, reading.filing, row_id, column, data["to"]))


def _named(filing: Filing, name: str) -> str:
    """The row id that ``name`` means: an id, ``section/id``, or ``section/number`` counted as ``where`` counts."""
    if filing.row(name) is not None:
        return name
    section, _, rest = name.rpartition("/")
    if filing.row(rest) is not None:
        return rest
    if rest.isdigit():
        tree = list(leaves(filing, section))
        rows = [leaf.row for leaf in tree] or [r for r in filing.section(section) if r.id != section]
        if 1 <= int(rest) <= len(rows):
            return rows[int(rest) - 1].id
    raise ChangeRefused("unknown-row", f"没有“{name}”这一行。")


def _optional(filing: Filing, data: dict[str, Any], key: str) -> str | None:
    value = data.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ChangeRefused("not-a-change", f"“{key}”应是行的编号或 null。")
    return _named(filing, value)


def _read_insert(reading: _Reading, data: dict[str, Any]) -> None:
    section = _section(reading.form, data["insert"])
    values = data.get("values", {})
    if not isinstance(values, dict) or not all(
        isinstance(v, str) for v in cast("dict[str, Any]", values).values()
    ):
        raise ChangeRefused("not-a-change", "“values”应是栏名和文字。")
    cells = cast("dict[str, str]", values)
    after = _optional(reading.filing, data, "after")
    under = _optional(reading.filing, data, "under")
    if section.kind == "tree":
        _insert_in_tree(reading, section, cells, under, after)
    elif under is not None:
        raise ChangeRefused("not-a-tree", f"“{section.label}”没有上下级。")
    else:
        reading.add(insert_row(reading.form, reading.filing, section.id, after, cells, reading.new_id()))


def _insert_in_tree(
    reading: _Reading, section: Section, cells: dict[str, str], under: str | None, after: str | None
) -> None:
    """Below ``under`` or beside ``after`` where one is given; else below the parents that the values name, made where missing."""
    given = [n for n, level in enumerate(LEVELS, 1) if level in cells]
    level = max(given, default=3)
    parent = under
    if parent is None and after is not None:
        parent = _row(reading.filing, after).parent
        level = level if given else depth(_row(reading.filing, after))
    if under is not None and not given:
        level = depth(_row(reading.filing, under)) + 1
    if parent is None and level > 1:
        parent = _made_parent(reading, section, [cells.get(name, "") for name in LEVELS[: level - 1]])
        after = after or _last_child(reading.filing, section, parent)
    own = {k: v for k, v in cells.items() if k not in LEVELS or k == LEVELS[level - 1]}
    reading.add(insert_indicator(reading.form, parent, after, min(level, 3), own, reading.new_id()))


def _made_parent(reading: _Reading, section: Section, names: list[str]) -> str | None:
    parent: str | None = None
    for level, name in enumerate(names, 1):
        column = LEVELS[level - 1]
        siblings = reading.filing.children(section.id, parent)
        found = next((r for r in siblings if r.get(column) == name), None)
        if found is None:
            last = siblings[-1].id if siblings else None
            reading.add(insert_indicator(reading.form, parent, last, level, {column: name}, reading.new_id()))
            found = reading.filing.children(section.id, parent)[-1]
        parent = found.id
    return parent


def _last_child(filing: Filing, section: Section, parent: str | None) -> str | None:
    children = filing.children(section.id, parent)
    return children[-1].id if children else None


def _read_remove(reading: _Reading, data: dict[str, Any]) -> None:
    reading.add(remove_rows(reading.form, reading.filing, (_named(reading.filing, data["remove"]),)))


def _read_move(reading: _Reading, data: dict[str, Any]) -> None:
    row_id = _named(reading.filing, data["move"])
    after = _optional(reading.filing, data, "after")
    under = _optional(reading.filing, data, "under")
    if under is None:
        under = _row(reading.filing, after).parent if after else _row(reading.filing, row_id).parent
    reading.add(move_row(reading.form, reading.filing, row_id, under, after))
