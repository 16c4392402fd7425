"""Goals and their indicators: there are some, each goal has indicators, every cell is filled, names stand once, targets can be measured."""

from __future__ import annotations

from collections.abc import Iterator

from perfdesk.catalog import label_key
from perfdesk.derive import goals_without_indicators, required_columns
from perfdesk.model.change import RemoveRow, Step
from perfdesk.model.filing import Row, depth, numbered_rows
from perfdesk.model.finding import Finding, Place
from perfdesk.model.form import LEVELS, Section
from perfdesk.rules.measurable import BARE, MIXED, NO_UNIT, RATE
from perfdesk.rules.names import is_rate
from perfdesk.rules.required import BLANK, REQUIRED
from perfdesk.rules.subject import Kind, Subject
from perfdesk.values import Target

NONE = Kind("goals-missing", "error", "没有分项目标")
EMPTY = Kind("goal-without-indicators", "error", "分项目标没有指标")
TWICE = Kind("goal-twice", "warning", "分项目标重名")
SAME = Kind("goal-indicator-twice", "warning", "同一目标下指标重名")
KINDS = (NONE, EMPTY, TWICE, SAME)


def find(subject: Subject) -> Iterator[Finding]:
    section = subject.form.goals
    if section is None:
        return
    rows = tuple(numbered_rows(subject.filing, section.id))
    if section.required and not rows:
        yield NONE.at(section.id, Place(section.id), f"“{section.label}”还没有填写，至少要有一项。")
    paths = {row.id: path for path, row in rows}
    for row in goals_without_indicators(section, subject.filing, subject.values.counts):
        if not _blank(row):
            message = f"“{_name(row, paths[row.id])}”下面还没有绩效指标。"
            yield EMPTY.at(f"{paths[row.id]}/level2", Place(row.id), message)
    for path, row in rows:
        if _blank(row) and not subject.values.counts.get(row.id):
            remove = Step("删除空白行", (RemoveRow(row.id),))
            yield BLANK.at(
                path, Place(row.id), f"{_kind(section, row)}第 {_number(path)} 项是空白行。", remove
            )
            continue
        yield from _cells(section, path, row)
        if row.id in subject.values.targets:
            yield from _measured(subject.values.targets[row.id], path, row)
    yield from _repeated(section, rows)


def _blank(row: Row) -> bool:
    return not any(text.strip() for text in row.cells.values())


def _column(row: Row) -> str:
    return LEVELS[depth(row) - 1]


def _kind(section: Section, row: Row) -> str:
    field = section.field(_column(row))
    return field.name if field else section.label


def _number(path: str) -> str:
    return path.rpartition("/")[2]


def _name(row: Row, path: str) -> str:
    name = " ".join(row.get(_column(row)).split())
    return name if name else f"第 {_number(path)} 项"


def _cells(section: Section, path: str, row: Row) -> Iterator[Finding]:
    for column in required_columns(section, row):
        field = section.field(column)
        if field and not row.get(column).strip():
            message = f"“{_name(row, path)}”没有填写{field.name}。"
            if column in LEVELS:
                message = f"{_kind(section, row)}第 {_number(path)} 项没有名称。"
            yield REQUIRED.at(f"{path}/{column}", Place(row.id, column), message)


def _measured(target: Target, path: str, row: Row) -> Iterator[Finding]:
    """One finding at most: the surest first."""
    where, place, name = f"{path}/target", Place(row.id, "target"), f"“{_name(row, path)}”"
    written = target.text.strip()
    if target.kind == "bare":
        yield BARE.at(where, place, f"{name}的指标值只有“{written}”，没有数值。")
    elif target.kind == "mixed":
        yield MIXED.at(
            where, place, f"{name}的指标值“{written}”把数值和文字写在一起，请只填数值，文字写到描述里。"
        )
    elif target.kind == "number" and not target.unit:
        yield NO_UNIT.at(where, place, f"{name}的指标值是“{written}”，没有度量单位。")
    elif target.kind == "number" and is_rate(row.get("level2")) and target.unit not in ("%", "‰"):
        yield RATE.at(where, place, f"{name}的度量单位是“{target.unit}”。")


def _repeated(section: Section, rows: tuple[tuple[str, Row], ...]) -> Iterator[Finding]:
    """A goal's name twice in the form, an indicator's twice below one goal."""
    seen: dict[tuple[str | None, str], str] = {}
    for path, row in rows:
        key = row.parent, label_key(row.get(_column(row)))
        if not key[1]:
            continue
        first = seen.setdefault(key, path)
        if first != path:
            kind = TWICE if depth(row) == 1 else SAME
            message = f"“{_name(row, path)}”与{_kind(section, row)}第 {_number(first)} 项重名。"
            yield kind.at(f"{path}/{_column(row)}", Place(row.id, _column(row)), message)
