"""What must be there: required cells, at least one task, the bureau's fixed rows, indicators of the unit's own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from perfdesk.catalog import fixed_cells, label_key
from perfdesk.derive import missing_fixed, missing_level1, required_columns
from perfdesk.model.change import RemoveRow, Step
from perfdesk.model.filing import Leaf, Row, depth
from perfdesk.model.finding import Finding, Place
from perfdesk.model.form import Fixed, Section
from perfdesk.rules.balance import agreed_total
from perfdesk.rules.plan import Plan, level1_key
from perfdesk.rules.subject import Kind, Subject, cell_fix, named
from perfdesk.values import plain_number, show_amount

REQUIRED = Kind("required", "error", "必填项未填")
BLANK = Kind("blank-row", "warning", "空白行")
NAME = Kind("name-missing", "error", "指标没有名称")
TARGET = Kind("target-missing", "error", "指标值未填")
LEVEL = Kind("level-missing", "warning", "上级指标没有名称")
STANDARD = Kind("standard-missing", "error", "缺少表样规定的指标")
OWN = Kind("indicators-missing", "error", "没有填写指标")
SATISFACTION = Kind("satisfaction-missing", "warning", "没有满意度指标")
KINDS = (REQUIRED, BLANK, NAME, TARGET, LEVEL, STANDARD, OWN, SATISFACTION)


def find(subject: Subject) -> Iterator[Finding]:
    yield from _cells(subject)
    for section in subject.form.sections:
        if section.kind == "list":
            yield from _list(subject, section)
    yield from _headings(subject)
    yield from _standards(subject)
    yield from _own(subject)


def _cells(subject: Subject) -> Iterator[Finding]:
    for address, section, field in subject.fields():
        if field.required and not subject.filing.cell(address).strip():
            total = agreed_total(subject, address)
            fixes: tuple[Step, ...] = ()
            if total is not None:
                label = f"{field.name}填 {show_amount(total)}"
                fixes = (cell_fix(label, section.id, field.id, plain_number(total)),)
            yield REQUIRED.at(address, Place(section.id, field.id), f"“{field.name}”还没有填写。", *fixes)


def _blank(row: Row) -> bool:
    return not any(text.strip() for text in row.cells.values())


def _list(subject: Subject, section: Section) -> Iterator[Finding]:
    rows = subject.filing.section(section.id)
    if not any(not _blank(r) for r in rows):
        if section.required:
            place = Place(rows[0].id if rows else None, section.fields[0].id if rows else None)
            columns = "和".join(f.name for f in section.fields if f.required)
            yield REQUIRED.at(section.id, place, f"“{section.label}”至少填一项（{columns}）。")
        return
    for number, row in enumerate(rows, 1):
        if _blank(row):
            yield _blank_row(f"{section.id}/{number}", row, f"“{section.label}”第 {number} 项是空白行。")
            continue
        for column in required_columns(section, row):
            field = section.field(column)
            if field and not row.get(column).strip():
                message = f"“{section.label}”第 {number} 项没有填写{field.name}。"
                yield REQUIRED.at(f"{section.id}/{number}/{column}", Place(row.id, column), message)


def _blank_row(where: str, row: Row, message: str) -> Finding:
    return BLANK.at(where, Place(row.id), message, Step("删除空白行", (RemoveRow(row.id),)))


def _headings(subject: Subject) -> Iterator[Finding]:
    for row in subject.outline.headings:
        column = f"level{depth(row)}"
        if row.get(column).strip():
            continue
        field = subject.tree.field(column)
        label = field.name if field else column
        where, place = subject.at_heading(row, column)
        if below := subject.outline.below.get(row.id):
            first, last = below
            span = f"第 {first}–{last} 项指标" if first < last else f"第 {first} 项指标"
            yield LEVEL.at(where, place, f"{span}上面没有{label}。", title=f"{label}未填")
        else:
            yield _blank_row(where, row, f"有一个空白的{label}，下面也没有指标。")


def each(subject: Subject, leaf: Leaf) -> Iterator[Finding]:
    row = leaf.row
    if _blank(row):
        where = f"{subject.tree.id}/{leaf.number}"
        yield _blank_row(where, row, f"第 {leaf.number} 项指标是空白行。")
        return
    for column in required_columns(subject.tree, row):
        if row.get(column).strip():
            continue
        if column == "level3":
            yield NAME.at(*subject.at_leaf(leaf, column), f"第 {leaf.number} 项指标没有名称。")
        elif column == "target":
            yield _no_target(subject, leaf)
        else:
            field = subject.tree.field(column)
            label = field.name if field else column
            yield REQUIRED.at(*subject.at_leaf(leaf, column), f"{named(leaf)}没有填写{label}。")


def _no_target(subject: Subject, leaf: Leaf) -> Finding:
    """Of a quality the usual word is offered; the figure of a rate is the unit's own to set."""
    fixed = subject.standard(leaf)
    fixes: tuple[Step, ...] = ()
    if fixed and fixed.standard.nature == "quality":
        word = fixed.standard.usual
        fixes = (cell_fix(f"{named(leaf)}填“{word}”", leaf.row.id, "target", word),)
    return TARGET.at(*subject.at_leaf(leaf, "target"), f"{named(leaf)}还没有指标值。", *fixes)


def _standards(subject: Subject) -> Iterator[Finding]:
    """One finding for each level-2 heading that lacks some of its fixed rows."""
    formal = (subject.standings[n - 1] for n in subject.roll.formal)
    missing = missing_fixed(subject.tree, {s.key for s in formal})
    for (level1, level2), group in groupby(missing, key=lambda f: (f.level1, f.level2)):
        rows = list(group)
        names = "、".join(f"“{f.standard.name}”" for f in rows)
        message = f"表样在“{level1} › {level2}”下规定的{names}不在表中。"
        place = _room(subject, level1, level2)
        yield STANDARD.at(subject.tree.id, place, message, _restore(subject, rows))


def _restore(subject: Subject, rows: list[Fixed]) -> Step:
    plan = Plan(subject.filing, subject.tree)
    top = plan.level1(rows[0].level1, subject.tree.id)
    parent = plan.level2(top, rows[0].level2, top)
    for fixed in rows:
        plan.insert_leaf(parent, fixed_cells(subject.tree, fixed.standard))
    return Step(f"补上“{rows[0].level2}”下缺少的 {len(rows)} 项", tuple(plan.changes))


def _own(subject: Subject) -> Iterator[Finding]:
    empty = missing_level1(subject.tree, subject.filing, subject.values.counts)
    for name in empty:
        message = f"“{name}”下面还没有指标。"
        yield OWN.at(subject.tree.id, _room(subject, name), message, title=f"没有{name}")
    asked = next((g for g in subject.tree.groups if g.open and "满意" in g.level2), None)
    if asked is None or asked.level1 in empty:
        return
    asks = {r.id for r in subject.outline.headings if "满意" in r.get("level2")}
    if asks & subject.outline.below.keys():
        return
    if not any("满意" in leaf.row.get("level3") for leaf in subject.leaves):
        place = _room(subject, asked.level1)
        yield SATISFACTION.at(subject.tree.id, place, f"“{asked.level1}”下没有满意度指标。")


def _room(subject: Subject, level1: str, level2: str = "") -> Place:
    """Where what is missing would stand: the heading of that name, else the one above it, else nowhere yet."""
    tops = [r for r in subject.outline.headings if r.parent is None]
    top = next((r for r in tops if level1_key(r.get("level1")) == level1_key(level1)), None)
    below = subject.filing.children(subject.tree.id, top.id) if top and level2 else ()
    group = next((r for r in below if label_key(r.get("level2")) == label_key(level2)), None)
    found = group or top
    return Place(found.id if found else None)
