"""Lines of ``perfdesk apply``: JSON objects read as steps, with rows named as people and ``where`` name them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.edits import set_amount
from perfdesk.budget.settle import take_computed, take_printed
from perfdesk.budget.tables import Shown
from perfdesk.derive import derive
from perfdesk.errors import ChangeRefused
from perfdesk.model.change import Change, Step, apply
from perfdesk.model.filing import Filing, depth, leaves, numbered_rows
from perfdesk.model.form import LEVELS, Form, Section
from perfdesk.steps import (
    insert_indicator,
    insert_row,
    known_row,
    move_row,
    remove_rows,
    section_of,
    set_cell,
)
from perfdesk.values import clean_text, parse_amount

NewId = Callable[[], str]


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
    if reading.form.budget and address.startswith("tables/"):
        reading.add(_set_in_table(reading, address, column, data["to"]))
        return
    row_id = row_named(reading.filing, address)
    reading.add(set_cell(reading.form, reading.filing, row_id, column, data["to"]))


def _set_in_table(reading: _Reading, address: str, column: str, text: str) -> Step:
    """``tables/支出总表/2120109/project``: the one amount that the cell shows. A line may be named by its label."""
    _, table, key = [*address.split("/", 2), "", ""][:3]
    budgeted = derive(reading.form, reading.filing).budget
    if budgeted is None or table not in {v.table.id for v in budgeted.views}:
        raise ChangeRefused("unknown-table", f"没有“{table}”这张表。")
    view = budgeted.view(table)
    key = next((x.id for x in view.table.lines if x.label == key), key)
    if view.table.column(column) is None:
        raise ChangeRefused("unknown-column", f"“{table}”没有“{column}”这一栏。")
    shown = view.cell(key, column) if view.has(key) and column in view.row(key).cells else Shown()
    fact = shown.fact
    if fact is None and (settled := _settled(reading, budgeted, (table, key, column), shown, text)):
        return settled
    if fact is None:
        raise ChangeRefused("computed", f"“{address}”的“{column}”由几项数据相加，不能直接填写。")
    step = set_amount(reading.filing, budgeted, table, key, column, clean_text(text), reading.new_id)
    return step or set_cell(
        reading.form,
        reading.filing,
        row_named(reading.filing, f"{view.facts.ledger.id}/{fact[0]}"),
        fact[1],
        text,
    )


def _settled(
    reading: _Reading, budgeted: Budgeted, at: tuple[str, str, str], shown: Shown, text: str
) -> Step | None:
    """Where an imported table prints something else: its computed number (or nothing) lets that stand, its printed one makes the fact
    behind it so. None where it is neither, or no single fact can."""
    table, key, column = at
    if shown.printed is None:
        return None
    amount = parse_amount(text, budgeted.unit)
    if not clean_text(text) or (amount.value is not None and amount.value == (shown.computed or 0)):
        return take_computed(reading.filing, budgeted, table, ((key, column),))
    if amount.value is not None and amount.value == shown.amount(budgeted.unit).value:
        return take_printed(reading.filing, budgeted, table, key, column)
    return None


def row_named(filing: Filing, name: str) -> str:
    """The row id that ``name`` means: an id, ``section/id``, ``section/code`` in a ledger, or ``section/number`` as ``where``
    counts (``goals/2/3``: the third indicator of the second goal)."""
    if filing.row(name) is not None:
        return name
    section, _, rest = name.rpartition("/")
    if filing.row(rest) is not None:
        return rest
    coded = next((r.id for r in filing.section(section) if rest and r.get("code") == rest), None)
    if coded is not None:
        return coded
    paths = {f"{section}/{leaf.number}": leaf.row.id for leaf in leaves(filing, section)}
    first = name.partition("/")[0]
    paths = paths or {path: row.id for path, row in numbered_rows(filing, first) if row.id != first}
    if name in paths:
        return paths[name]
    raise ChangeRefused("unknown-row", f"没有“{name}”这一行。")


def _optional(filing: Filing, data: dict[str, Any], key: str) -> str | None:
    value = data.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ChangeRefused("not-a-change", f"“{key}”应是行的编号或 null。")
    return row_named(filing, value)


def _read_insert(reading: _Reading, data: dict[str, Any]) -> None:
    section = section_of(reading.form, data["insert"])
    values = data.get("values", {})
    if not isinstance(values, dict) or not all(
        isinstance(v, str) for v in cast("dict[str, Any]", values).values()
    ):
        raise ChangeRefused("not-a-change", "“values”应是栏名和文字。")
    cells = cast("dict[str, str]", values)
    after = _optional(reading.filing, data, "after")
    under = _optional(reading.filing, data, "under")
    if section.kind in ("tree", "goals"):
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
    lowest = 3 if section.kind == "tree" else 2
    level = max(given, default=lowest)
    parent = under
    if parent is None and after is not None:
        parent = known_row(reading.filing, after).parent
        level = level if given else depth(known_row(reading.filing, after))
    if under is not None and not given:
        level = depth(known_row(reading.filing, under)) + 1
    if parent is None and level > 1:
        parent = _made_parent(reading, section, [cells.get(name, "") for name in LEVELS[: level - 1]])
        after = after or _last_child(reading.filing, section, parent)
    own = {k: v for k, v in cells.items() if k not in LEVELS or k == LEVELS[level - 1]}
    reading.add(insert_indicator(section, parent, after, min(level, lowest), own, reading.new_id()))


def _made_parent(reading: _Reading, section: Section, names: list[str]) -> str | None:
    parent: str | None = None
    for level, name in enumerate(names, 1):
        column = LEVELS[level - 1]
        siblings = reading.filing.children(section.id, parent)
        found = next((r for r in siblings if r.get(column) == name), None)
        if found is None:
            last = siblings[-1].id if siblings else None
            reading.add(insert_indicator(section, parent, last, level, {column: name}, reading.new_id()))
            found = reading.filing.children(section.id, parent)[-1]
        parent = found.id
    return parent


def _last_child(filing: Filing, section: Section, parent: str | None) -> str | None:
    children = filing.children(section.id, parent)
    return children[-1].id if children else None


def _read_remove(reading: _Reading, data: dict[str, Any]) -> None:
    reading.add(remove_rows(reading.form, reading.filing, (row_named(reading.filing, data["remove"]),)))


def _read_move(reading: _Reading, data: dict[str, Any]) -> None:
    row_id = row_named(reading.filing, data["move"])
    after = _optional(reading.filing, data, "after")
    under = _optional(reading.filing, data, "under")
    if under is None:
        under = known_row(reading.filing, after).parent if after else known_row(reading.filing, row_id).parent
    reading.add(move_row(reading.form, reading.filing, row_id, under, after))
